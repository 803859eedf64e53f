/* What the files of cdb/ share; nothing outside includes this. */
#ifndef CDB_INTERNAL_H
#define CDB_INTERNAL_H

#include "cdb/cdb.h"

/*
 * A database under construction. Strings are interned in it: a kernel's 18,000 commands repeat the same few thousand
 * words. cdb_finish() sorts and keeps the first entry of a file; nothing may be added afterwards.
 */
struct cdb *cdb_new(void);
/* `file` may be relative to `directory`; what is not C (assembler, Rust) is left out. Copies what it is given. */
void cdb_add(struct cdb *db, const char *directory, const char *file, char *const *argv);
void cdb_finish(struct cdb *db);

/*
 * Words of a POSIX shell command, up to an unquoted operator (; & | < > newline); `rest`, if not NULL, is set there.
 * NULL when a quote is left open. Variables are not expanded.
 */
char **shell_split(const char *command, const char **rest);

/* Is `path` the directory `dir` or below it? Both absolute and normalised. */
gboolean path_is_below(const char *path, const char *dir);

#endif
