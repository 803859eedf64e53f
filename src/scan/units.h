/* Which units a command works on: compile commands for the paths that the user named. */
#ifndef SCAN_UNITS_H
#define SCAN_UNITS_H

#include "cdb/cdb.h"

#include <glib.h>

struct units_options {
	const char *root;     /* kernel tree, absolute; NULL: none */
	const char *database; /* -p: compile_commands.json or its directory; NULL: none named */
	char **paths;	      /* as the user named them; NULL or empty: everything there is a command for */
	char **flags; /* what stood behind `--`: clang's flags for files without a compile command; NULL: no `--` */
	int jobs;
	GCancellable *stop; /* ends the search for commands with an error; may be NULL */
};

struct units {
	GPtrArray *entries; /* struct cdb_entry *, sorted by file, each once */
	GPtrArray *without; /* char *: files asked for that nothing compiles, absolute */
	struct cdb *db;	    /* owns entries that came from compile commands */
	GPtrArray *own;	    /* owns those made up from flags */
};

/*
 * From -p if given, else from the tree. With flags, or without tree and -p, each path stands for itself: a file, or the
 * *.c files below a directory, compiled with nothing but the flags.
 */
struct units *units_select(const struct units_options *opt, GError **err);
struct units *units_none(void);
void units_free(struct units *u);

/* Cuts `-- ...` off argv and returns what stood behind it (pointing into argv), NULL when there is no `--`. */
char **units_split_flags(int *argc, char **argv);

#endif
