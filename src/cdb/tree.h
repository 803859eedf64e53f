/* What a configured kernel tree says about itself. Private to cdb/. */
#ifndef CDB_TREE_H
#define CDB_TREE_H

#include <glib.h>

struct ktree {
	char *source;	 /* absolute: where Kconfig and the sources are */
	char *build;	 /* absolute: where .config is; the same unless built with O= */
	GPtrArray *vars; /* "CC=clang-19", ...: for make's command line, as the tree was configured */
};

/* `path`: the source or a build directory. Errors say what is missing and what to run. */
struct ktree *ktree_open(const char *path, GError **err);
/* Like ktree_open(), but only looks for the directories: no compiler, nothing generated needs to be there. */
struct ktree *ktree_locate(const char *path, GError **err);
void ktree_free(struct ktree *t);

#endif
