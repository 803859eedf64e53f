/* Parts of capturing. Private to cdb/. */
#ifndef CDB_CAPTURE_H
#define CDB_CAPTURE_H

#include "cdb/cdb.h"
#include "cdb/tree.h"

/* Deeper than any source tree, less deep than a loop of links. */
#define MAX_TREE_DEPTH 24

struct command_context {
	const char *build;  /* directory that make's commands run in */
	const char *module; /* external module's directory, or NULL */
};

/* Adds the unit if `line`, one logical line of shell commands, compiles a C file for the kernel. */
void commands_add_line(struct cdb *db, const struct command_context *ctx, const char *line);
/* Adds what .X.o.cmd files say of the object `path` (.../X.o), or of all objects below the directory `path`. */
void commands_add_built(struct cdb *db, const struct command_context *ctx, const char *path);

/*
 * Make targets ("drivers/hid/", "drivers/hid/hid-core.o") for what the user names: files, directories or targets,
 * absolute or relative to the source. A directory without a Makefile is built by the nearest one above it.
 */
GPtrArray *targets_for(const struct ktree *t, char *const *names, GError **err);
/* Is it in the tree at all? */
gboolean targets_contain(const struct ktree *t, const char *path);
/* Every directory of the tree that holds kernel code. */
GPtrArray *targets_all(const struct ktree *t);

#endif
