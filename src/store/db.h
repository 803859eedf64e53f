/* Inside the store: a connection, statements that clean up after themselves, and sqlite's faults as GErrors. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "store/store.h"

#include <sqlite3.h>

struct store {
	sqlite3 *db;
	char *path;
};

/* "DRVC": tells our databases from everybody else's (PRAGMA application_id). */
enum { STORE_APPLICATION_ID = 0x44525643 };

/* Sets *err from the connection's last fault, in one sentence that says what to do. Always FALSE. */
gboolean db_fail(struct store *s, int code, GError **err);
gboolean db_exec(struct store *s, const char *sql, GError **err);
sqlite3_stmt *db_prepare(struct store *s, const char *sql, GError **err);
/* Runs a statement that returns no rows and resets it for the next time. */
gboolean db_step(struct store *s, sqlite3_stmt *st, GError **err);
/* SQLITE_ROW or SQLITE_DONE; else *err is set. */
int db_row(struct store *s, sqlite3_stmt *st, GError **err);
void db_bind_text(sqlite3_stmt *st, int at, const char *text);
/* Never NULL; memory of the statement. */
const char *db_text(sqlite3_stmt *st, int column);
/* First column of the first row, or `otherwise`. */
gboolean db_number(struct store *s, const char *sql, int64_t otherwise, int64_t *out, GError **err);
/* BEGIN IMMEDIATE: waits for another writer now rather than failing half-way. */
gboolean db_begin(struct store *s, GError **err);
/* COMMIT when ok, else ROLLBACK; *err tells of the commit only. */
gboolean db_end(struct store *s, gboolean ok, GError **err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)

/* load.c: the files that a run scanned, as a set of paths; NULL with err set. */
GHashTable *load_files(struct store *s, int64_t run, GError **err);

/* schema.c: refuses a database that is newer than this program or not ours; writes nothing. */
gboolean schema_check(struct store *s, int64_t *version, GError **err);
/* Brings the database to the newest version. */
gboolean schema_migrate(struct store *s, GError **err);
/* The version that this program writes. */
int schema_version(void);

#endif
