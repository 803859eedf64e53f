/* Small helpers over sqlite's C interface; the only place where its error codes become words. */
#include "store/db.h"

#include <string.h>

G_DEFINE_QUARK(drvcheck - store - error, store_error)

static enum store_error error_kind(int code)
{
	switch (code & 0xff) {
	case SQLITE_FULL:
		return STORE_ERROR_FULL;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return STORE_ERROR_READONLY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return STORE_ERROR_CORRUPT;
	case SQLITE_CANTOPEN:
		return STORE_ERROR_OPEN;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return STORE_ERROR_BUSY;
	default:
		/* A full disk shows up as a failed write in some places. */
		return code == SQLITE_IOERR_WRITE ? STORE_ERROR_FULL : STORE_ERROR_SQL;
	}
}

static const char *advice(enum store_error kind)
{
	switch (kind) {
	case STORE_ERROR_FULL:
		return "the disk is full; nothing of this run was stored, earlier runs are intact. Make room, or "
		       "choose another "
		       "place with --db";
	case STORE_ERROR_READONLY:
		return "it cannot be written. Choose another place with --db, or change its permissions";
	case STORE_ERROR_CORRUPT:
		return "this is not a sound database. Move it away and scan again, or restore a copy";
	case STORE_ERROR_OPEN:
		return "it cannot be opened. Check that the path exists and is a file, or choose another with --db";
	case STORE_ERROR_BUSY:
		return "another drvcheck has been writing to it for a minute. Wait for it to end, or choose another "
		       "place with --db";
	default:
		return NULL;
	}
}

gboolean db_fail(struct store *s, int code, GError **err)
{
	enum store_error kind = error_kind(code);
	const char *what = advice(kind), *said = s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(code);

	if (what)
		g_set_error(err, STORE_ERROR, kind, "%s: %s (%s)", s->path, what, said);
	else
		g_set_error(err, STORE_ERROR, kind, "%s: %s", s->path, said);
	return FALSE;
}

gboolean db_exec(struct store *s, const char *sql, GError **err)
{
	int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? TRUE : db_fail(s, code, err);
}

sqlite3_stmt *db_prepare(struct store *s, const char *sql, GError **err)
{
	sqlite3_stmt *st = NULL;
	int code = sqlite3_prepare_v2(s->db, sql, -1, &st, NULL);

	if (code != SQLITE_OK)
		db_fail(s, code, err);
	return st;
}

int db_row(struct store *s, sqlite3_stmt *st, GError **err)
{
	int code = sqlite3_step(st);

	if (code != SQLITE_ROW && code != SQLITE_DONE)
		db_fail(s, code, err);
	return code;
}

gboolean db_step(struct store *s, sqlite3_stmt *st, GError **err)
{
	int code;

	do
		code = db_row(s, st, err);
	while (code == SQLITE_ROW);
	sqlite3_reset(st);
	return code == SQLITE_DONE;
}

void db_bind_text(sqlite3_stmt *st, int at, const char *text)
{
	sqlite3_bind_text(st, at, text ? text : "", -1, SQLITE_TRANSIENT);
}

const char *db_text(sqlite3_stmt *st, int column)
{
	const char *text = (const char *)sqlite3_column_text(st, column);

	return text ? text : "";
}

gboolean db_number(struct store *s, const char *sql, int64_t otherwise, int64_t *out, GError **err)
{
	g_autoptr(sqlite3_stmt) st = db_prepare(s, sql, err);
	int code = st ? db_row(s, st, err) : SQLITE_ERROR;

	*out = otherwise;
	if (code == SQLITE_ROW && sqlite3_column_type(st, 0) != SQLITE_NULL)
		*out = sqlite3_column_int64(st, 0);
	return code == SQLITE_ROW || code == SQLITE_DONE;
}

gboolean db_begin(struct store *s, GError **err)
{
	return db_exec(s, "BEGIN IMMEDIATE", err);
}

gboolean db_end(struct store *s, gboolean ok, GError **err)
{
	if (ok && db_exec(s, "COMMIT", err))
		return TRUE;
	/* sqlite has rolled back by itself after some faults. */
	if (!sqlite3_get_autocommit(s->db))
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return FALSE;
}
