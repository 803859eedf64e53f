/*
 * Compile commands: from compile_commands.json, from the .X.o.cmd files of a built tree, or from what `make -n` would
 * run. The three give the same thing: a sorted list of (directory, file, arguments).
 */
#ifndef CDB_CDB_H
#define CDB_CDB_H

#include <gio/gio.h>

struct cdb_entry {
	char *directory; /* absolute */
	char *file;	 /* absolute, normalised */
	char **argv;	 /* NULL-terminated; argv[0] the compiler */
};

struct cdb {
	GPtrArray *entries; /* of struct cdb_entry *, sorted by file, one per file */
};

#define CDB_ERROR cdb_error_quark()
GQuark cdb_error_quark(void);
enum cdb_error {
	CDB_ERROR_NO_TREE,
	CDB_ERROR_UNCONFIGURED,
	CDB_ERROR_NO_MAKEFILE,
	CDB_ERROR_MAKE,
	CDB_ERROR_FORMAT,
	CDB_ERROR_IO
};

void cdb_free(struct cdb *db);
/* Reads a compile_commands.json ("arguments" or "command" form). Errors name file and line. */
struct cdb *cdb_load(const char *path, GError **err);
gboolean cdb_write(const struct cdb *db, const char *path, GError **err);
/* Only the entries for `file` (absolute), or below it when it is a directory; NULL-terminated sub-list sharing db's
 * entries. */
GPtrArray *cdb_select(const struct cdb *db, const char *path);
const struct cdb_entry *cdb_find(const struct cdb *db, const char *file);

struct cdb_capture_options {
	const char *tree;   /* source root of a configured kernel, or a build directory made with O= */
	const char *module; /* out-of-tree module's directory (M=), or NULL */
	char **targets;	    /* NULL-terminated make targets ("drivers/hid/"), or NULL for everything */
	int jobs;
	GCancellable *stop; /* ends it with an error; may be NULL */
};
/* Runs `make -n`, never writing into the tree; merges the .cmd files of what is already built. */
struct cdb *cdb_capture(const struct cdb_capture_options *opt, GError **err);

/*
 * Compile commands for `paths` of a tree: from `database` (a directory holding compile_commands.json, or that file) if
 * given, else from the tree's compile_commands.json if it has one, else from the capture cache (outside the tree) when
 * still valid, else by capture, which `stop` (may be NULL) ends with an error.
 */
struct cdb *cdb_for_paths(const char *tree, const char *database, char **paths, int jobs, GCancellable *stop,
			  GError **err);

/*
 * Flags for libclang from a gcc or clang command: drops output, dependency and code-generation options and what only
 * gcc knows. Own -D/-I of the unit stay. Returned strv is the caller's (g_strfreev). argv[0] and the file itself are
 * not included.
 */
char **cdb_clang_flags(const struct cdb_entry *e);

#endif
