/* What a change touches, as git tells it: each changed source file and header with its text before and after. */
#ifndef SCAN_CHANGE_H
#define SCAN_CHANGE_H

#include "parse/parse.h"
#include "scan/git.h"

struct changed_file {
	char *path;   /* absolute, in the spelling of the directory that git was asked in */
	char *name;   /* as git names it, from its top */
	char *before; /* its text before the change; NULL: it is new */
	char *now;    /* its text after the change; NULL: as it is on disk, or the change removes it */
	enum {
		CHANGE_TOUCHED,
		CHANGE_REMOVED,
		CHANGE_HIDDEN, /* the same before and after, but the work tree has something else */
	} kind;
};

struct change {
	struct git git;	     /* `directory` is where git was asked */
	char *from;	     /* the commit before */
	char *to;	     /* the commit after; "": the index; NULL: the work tree */
	GPtrArray *files;    /* struct changed_file, sorted by path: *.c, *.h and what else C code includes */
	GHashTable *by_path; /* of those that are not removed; a path with links and one without both lead to it */
};

/*
 * Ranges: "A": from commit A to the work tree. "A..B": from A to B. "A...B": from where B left A to B ("A...": to the
 * work tree, from where HEAD left A). NULL: from HEAD to the index.
 */
struct change *change_open(const char *directory, const char *range, GCancellable *stop, GError **err);
void change_free(struct change *c);

gboolean change_is_source(const char *path);
const struct changed_file *change_file(const struct change *c, const char *path);
/* Is anything read that is not what is on disk? */
gboolean change_is_apart(const struct change *c);
/* The texts to read in place of files on disk, before the change or after. g_free the array; the texts stay ours. */
struct parse_text *change_texts(const struct change *c, gboolean before, guint *n);
/* On which line this line of the file stood before the change; 0: on none. Both counted from 1. */
guint change_line_before(const struct change *c, const struct changed_file *f, guint line);

#endif
