/* The index: compressed blobs by kind and key, with the version of whoever wrote them. A cache: losing it costs time
 * only. */
#include "store/db.h"

#include <string.h>
#include <zstd.h>

enum { LEVEL = 1, BLOB_LIMIT = 1 << 30 };

/* "kind@version" -> kind (to be freed) and version (inside table_key). */
static char *split_key(const char *table_key, const char **version)
{
	const char *at = strrchr(table_key, '@');

	*version = at ? at + 1 : "";
	return at ? g_strndup(table_key, at - table_key) : g_strdup(table_key);
}

static void *compress(const void *blob, size_t size, size_t *out)
{
	size_t room = ZSTD_compressBound(size);
	void *data = g_malloc(room);

	*out = ZSTD_compress(data, room, blob, size, LEVEL);
	/* With a buffer of ZSTD_compressBound() there is no way to fail but a bug. */
	g_assert(!ZSTD_isError(*out));
	return data;
}

gboolean store_blob_put(struct store *s, const char *table_key, const char *key, const void *blob, size_t size,
			GError **err)
{
	g_autoptr(sqlite3_stmt) st = db_prepare(
		s, "INSERT OR REPLACE INTO blobs (kind, key, version, size, data) VALUES (?1, ?2, ?3, ?4, ?5)", err);
	g_autofree char *kind = NULL;
	const char *version;
	size_t compressed;
	void *data;

	if (!st)
		return FALSE;
	data = compress(blob, size, &compressed);
	kind = split_key(table_key, &version);
	db_bind_text(st, 1, kind);
	db_bind_text(st, 2, key);
	db_bind_text(st, 3, version);
	sqlite3_bind_int64(st, 4, size);
	sqlite3_bind_blob64(st, 5, data, compressed, g_free);
	return db_step(s, st, err);
}

static void *expand(sqlite3_stmt *st, size_t *size)
{
	int64_t expected = sqlite3_column_int64(st, 0);
	void *blob;

	if (expected < 0 || expected > BLOB_LIMIT)
		return NULL;
	blob = g_malloc(expected + 1);
	*size = ZSTD_decompress(blob, expected, sqlite3_column_blob(st, 1), sqlite3_column_bytes(st, 1));
	if (!ZSTD_isError(*size) && *size == (size_t)expected)
		return blob;
	g_free(blob);
	return NULL;
}

void *store_blob_get(struct store *s, const char *table_key, const char *key, size_t *size)
{
	g_autoptr(sqlite3_stmt) st =
		db_prepare(s, "SELECT size, data FROM blobs WHERE kind = ?1 AND key = ?2 AND version = ?3", NULL);
	g_autofree char *kind = NULL;
	const char *version;

	if (!st)
		return NULL;
	kind = split_key(table_key, &version);
	db_bind_text(st, 1, kind);
	db_bind_text(st, 2, key);
	db_bind_text(st, 3, version);
	return db_row(s, st, NULL) == SQLITE_ROW ? expand(st, size) : NULL;
}

void store_blob_each(struct store *s, const char *kind,
		     void (*take)(void *ctx, const char *key, const void *blob, size_t size), void *ctx)
{
	g_autoptr(sqlite3_stmt) st = db_prepare(s, "SELECT size, data, key FROM blobs WHERE kind = ?1", NULL);

	if (!st)
		return;
	db_bind_text(st, 1, kind);
	while (db_row(s, st, NULL) == SQLITE_ROW) {
		size_t size;
		void *blob = expand(st, &size);

		if (blob)
			take(ctx, db_text(st, 2), blob, size);
		g_free(blob);
	}
}

gboolean store_begin(struct store *s, GError **err)
{
	return db_begin(s, err);
}

gboolean store_commit(struct store *s, GError **err)
{
	return db_end(s, TRUE, err);
}
