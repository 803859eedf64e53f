/* What a change touches, as git tells it: each changed source file with its text before and after. */
#ifndef CLI_CHANGE_H
#define CLI_CHANGE_H

#include <glib.h>

struct changed_file {
	char *path;   /* absolute */
	char *before; /* its text before the change; NULL: it is new */
	char *now;    /* its text after the change; NULL: as it is on disk */
};

/*
 * The *.c files that differ: between commit `ref` and the work tree, or with ref NULL between HEAD and the index. Only
 * those below `paths` (absolute; NULL or empty: all). Deleted files are left out. Sorted by path; g_ptr_array_unref.
 */
GPtrArray *change_files(const char *directory, const char *ref, char **paths, GError **err);

#endif
