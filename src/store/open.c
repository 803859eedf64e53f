/* Opening and closing, writable and read-only. */
#include "store/db.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A scan's one transaction takes seconds; a minute of waiting means that something is wrong. */
enum { BUSY_MS = 60 * 1000, RETRY_US = 10 * 1000 };

static struct store *connect_to(const char *path, const char *uri, int flags, GError **err)
{
	struct store *s = g_new0(struct store, 1);
	int code = sqlite3_open_v2(uri, &s->db, flags | SQLITE_OPEN_URI, NULL);

	s->path = g_strdup(path);
	if (code != SQLITE_OK) {
		db_fail(s, code, err);
		store_close(s);
		return NULL;
	}
	sqlite3_busy_timeout(s->db, BUSY_MS);
	return s;
}

static char *file_uri(const char *path, const char *query)
{
	g_autofree char *full = g_canonicalize_filename(path, NULL);
	g_autofree char *escaped = g_uri_escape_string(full, "/", TRUE);

	return g_strconcat("file://", escaped, query, NULL);
}

static gboolean make_directory(const char *path, GError **err)
{
	g_autofree char *dir = g_path_get_dirname(path);
	int code;

	if (!g_mkdir_with_parents(dir, 0777))
		return TRUE;
	code = errno == EACCES || errno == EROFS || errno == EPERM ? STORE_ERROR_READONLY : STORE_ERROR_OPEN;
	if (errno == ENOSPC)
		code = STORE_ERROR_FULL;
	g_set_error(err, STORE_ERROR, code, "%s: cannot make the directory: %s. Choose another place with --db", dir,
		    g_strerror(errno));
	return FALSE;
}

/* sqlite says only "unable to open" when it may not create the file. */
static gboolean check_writable(const char *path, GError **err)
{
	g_autofree char *dir = g_path_get_dirname(path);
	bool exists = g_file_test(path, G_FILE_TEST_EXISTS);

	if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
		g_set_error(err, STORE_ERROR, STORE_ERROR_OPEN, "%s: is a directory. Name a file with --db", path);
		return FALSE;
	}
	if (!g_access(dir, W_OK) && (!exists || !g_access(path, W_OK)))
		return TRUE;
	g_set_error(err, STORE_ERROR, STORE_ERROR_READONLY,
		    "%s: the file or its directory cannot be written. Choose another place with --db", path);
	return FALSE;
}

/*
 * Changing the journal wants the file alone, and sqlite does not wait for that as it does elsewhere: several processes
 * that open a new database at once all try.
 */
static gboolean use_wal(struct store *s, GError **err)
{
	gint64 until = g_get_monotonic_time() + (gint64)BUSY_MS * 1000;

	for (;;) {
		GError *why = NULL;

		if (db_exec(s, "PRAGMA journal_mode = WAL", &why))
			return TRUE;
		if (!g_error_matches(why, STORE_ERROR, STORE_ERROR_BUSY) || g_get_monotonic_time() > until) {
			g_propagate_error(err, why);
			return FALSE;
		}
		g_error_free(why);
		g_usleep(RETRY_US);
	}
}

struct store *store_open(const char *path, GError **err)
{
	g_autofree char *uri = file_uri(path, "");
	struct store *s;
	int64_t version;

	if (!make_directory(path, err) || !check_writable(path, err))
		return NULL;
	s = connect_to(path, uri, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err);
	if (!s)
		return NULL;
	/*
	 * The check comes first: a file that is not ours stays as it is. With WAL, "normal" loses at most the last run
	 * on power failure, and never damages the file.
	 */
	if (schema_check(s, &version, err) && use_wal(s, err) &&
	    db_exec(s, "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON", err) && schema_migrate(s, err))
		return s;
	store_close(s);
	return NULL;
}

/*
 * Reading a WAL database needs its -shm file, which a read-only directory does not let sqlite make. When there is no
 * -wal file either, nothing is pending, and the file may be read as it is.
 */
static const char *readonly_query(const char *path)
{
	g_autofree char *dir = g_path_get_dirname(path), *wal = g_strconcat(path, "-wal", NULL);

	return g_access(dir, W_OK) && !g_file_test(wal, G_FILE_TEST_EXISTS) ? "?immutable=1" : "";
}

/*
 * What is only to be read stays as it is: an older schema is brought to the newest version in a copy in memory. A scan
 * into the file does it there, for good.
 */
static struct store *newer_copy(struct store *old, GError **err)
{
	struct store *s = connect_to(old->path, "file::memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err);
	sqlite3_backup *copy = s ? sqlite3_backup_init(s->db, "main", old->db, "main") : NULL;

	if (copy)
		sqlite3_backup_step(copy, -1);
	if (s && (!copy || sqlite3_backup_finish(copy) != SQLITE_OK))
		db_fail(s, sqlite3_errcode(s->db), err);
	else if (s && schema_migrate(s, err) && db_exec(s, "PRAGMA query_only = ON", err))
		return s;
	store_close(s);
	return NULL;
}

struct store *store_open_readonly(const char *path, GError **err)
{
	g_autofree char *uri = file_uri(path, readonly_query(path));
	struct store *s, *copy;
	int64_t version;

	if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
		g_set_error(err, STORE_ERROR, STORE_ERROR_NOT_FOUND,
			    "%s: no such database. Run a scan first, or name one with --db", path);
		return NULL;
	}
	s = connect_to(path, uri, SQLITE_OPEN_READONLY, err);
	if (!s || !schema_check(s, &version, err)) {
		store_close(s);
		return NULL;
	}
	if (version == schema_version())
		return s;
	copy = newer_copy(s, err);
	store_close(s);
	return copy;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	sqlite3_close_v2(s->db);
	g_free(s->path);
	g_free(s);
}

void store_limit_pages(struct store *s, unsigned int pages)
{
	g_autofree char *sql = g_strdup_printf("PRAGMA max_page_count = %u", pages);

	sqlite3_exec(s->db, sql, NULL, NULL, NULL);
}
