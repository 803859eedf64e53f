/*
 * Blob of a unit: u64 command, u32 number of files, their ids, the precompiled header's name, the result.
 *
 * An id stands for a file with one content; the table of all is a blob of its own. Puts are collected and written every
 * few seconds in one transaction: a scan that is killed loses no more than that, and others can write in between.
 */
#include "scan/index.h"

#include "base/say.h"
#include "parse/parse.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <xxhash.h>

enum { FLUSH_SECONDS = 5 };

/* A file as it was; never changed but for the time at which that content was last seen. */
struct state {
	char *path;
	guint64 hash;
	gint64 size, mtime; /* ns */
	enum { UNKNOWN, SAME, CHANGED } now;
};

struct pending {
	char *kind, *file;
	GByteArray *blob;
};

struct index {
	struct store *store;
	struct parser *parser;
	guint64 salt;
	GPtrArray *states;   /* of struct state *, by id */
	GHashTable *ids;     /* "HASH PATH" -> id + 1 */
	GHashTable *current; /* path -> id + 1: as it is now, looked at once a run */
	GPtrArray *pending;  /* of struct pending * */
	gboolean dirty, broken;
	gint64 started; /* real time, ns */
	gint64 flushed; /* monotonic */
};

static void state_free(gpointer p)
{
	struct state *s = p;

	g_free(s->path);
	g_free(s);
}

static void pending_free(gpointer p)
{
	struct pending *w = p;

	g_free(w->kind);
	g_free(w->file);
	g_byte_array_unref(w->blob);
	g_free(w);
}

static gboolean look_at(const char *path, gint64 *size, gint64 *mtime)
{
	GStatBuf st;

	if (g_stat(path, &st) != 0)
		return FALSE;
	*size = st.st_size;
	*mtime = (gint64)st.st_mtim.tv_sec * G_GINT64_CONSTANT(1000000000) + st.st_mtim.tv_nsec;
	return TRUE;
}

static gboolean hash_file(const char *path, guint64 *hash)
{
	char *text;
	gsize n;

	if (!g_file_get_contents(path, &text, &n, NULL))
		return FALSE;
	*hash = XXH3_64bits(text, n);
	g_free(text);
	return TRUE;
}

/* --- the table of files --- */

static char *id_key(guint64 hash, const char *path)
{
	return g_strdup_printf("%016" G_GINT64_MODIFIER "x %s", hash, path);
}

static guint32 add_state(struct index *x, char *path, guint64 hash, gint64 size, gint64 mtime)
{
	struct state *s = g_new0(struct state, 1);

	*s = (struct state){.path = path, .hash = hash, .size = size, .mtime = mtime};
	g_ptr_array_add(x->states, s);
	g_hash_table_insert(x->ids, id_key(hash, path), GUINT_TO_POINTER(x->states->len));
	return x->states->len - 1;
}

/* The table's format is a version of its own. */
#define TABLE "files@1"

/* Lines "HASH SIZE MTIME PATH", in the order of ids. */
static void read_table(struct index *x)
{
	gsize n;
	char *text = store_blob_get(x->store, TABLE, "", &n), **lines;

	if (text && n && text[n - 1] == '\0') {
		lines = g_strsplit(text, "\n", 0);
		for (char **l = lines; *l && **l; l++) {
			char *p = *l;
			guint64 hash = g_ascii_strtoull(p, &p, 16);
			gint64 size = g_ascii_strtoll(p, &p, 10), mtime = g_ascii_strtoll(p, &p, 10);

			add_state(x, g_strdup(*p ? p + 1 : p), hash, size, mtime);
		}
		g_strfreev(lines);
	}
	g_free(text);
}

static gboolean write_table(struct index *x, GError **err)
{
	GString *text = g_string_new(NULL);
	gboolean ok;

	for (guint i = 0; i < x->states->len; i++) {
		const struct state *s = x->states->pdata[i];

		g_string_append_printf(text,
				       "%016" G_GINT64_MODIFIER "x %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n",
				       s->hash, s->size, s->mtime, s->path);
	}
	ok = store_blob_put(x->store, TABLE, "", text->str, text->len + 1, err);
	g_string_free(text, TRUE);
	return ok;
}

static gboolean is_same(struct index *x, guint32 id)
{
	struct state *s;
	gint64 size, mtime;
	guint64 hash;

	if (id >= x->states->len)
		return FALSE;
	s = x->states->pdata[id];
	if (s->now != UNKNOWN)
		return s->now == SAME;
	s->now = CHANGED;
	if (!look_at(s->path, &size, &mtime) || size != s->size)
		return FALSE;
	if (mtime != s->mtime) {
		if (!hash_file(s->path, &hash) || hash != s->hash)
			return FALSE;
		s->mtime = mtime;
		x->dirty = TRUE;
	}
	s->now = SAME;
	return TRUE;
}

/* The id of a file as it is now and was when the scan began; FALSE when there is none. */
static gboolean current_id(struct index *x, const char *path, guint32 *id)
{
	guint known = GPOINTER_TO_UINT(g_hash_table_lookup(x->current, path));
	gint64 size, mtime;
	guint64 hash;
	char *key;

	if (known) {
		*id = known - 1;
		return TRUE;
	}
	/* What was written to since may not be what was read. */
	if (!look_at(path, &size, &mtime) || mtime >= x->started || !hash_file(path, &hash))
		return FALSE;
	key = id_key(hash, path);
	known = GPOINTER_TO_UINT(g_hash_table_lookup(x->ids, key));
	g_free(key);
	if (known) {
		*id = known - 1;
	} else {
		*id = add_state(x, g_strdup(path), hash, size, mtime);
		x->dirty = TRUE;
	}
	g_hash_table_insert(x->current, g_strdup(path), GUINT_TO_POINTER(*id + 1));
	return TRUE;
}

/* --- transactions --- */

/* The index is a help, not a result: what goes wrong with it is said once and ends its use. */
static void give_up(struct index *x, GError *err)
{
	if (!x->broken)
		say("results are not kept for the next scan: %s", err ? err->message : "unknown fault");
	g_clear_error(&err);
	x->broken = TRUE;
}

static gboolean write_pending(struct index *x, GError **err)
{
	if (!store_begin(x->store, err))
		return FALSE;
	for (guint i = 0; i < x->pending->len; i++) {
		const struct pending *w = x->pending->pdata[i];

		if (!store_blob_put(x->store, w->kind, w->file, w->blob->data, w->blob->len, err))
			return FALSE;
	}
	return (!x->dirty || write_table(x, err)) && store_commit(x->store, err);
}

static void flush(struct index *x)
{
	GError *err = NULL;

	if (!x->broken && (x->dirty || x->pending->len) && !write_pending(x, &err))
		give_up(x, err);
	x->dirty = FALSE;
	g_ptr_array_set_size(x->pending, 0);
	x->flushed = g_get_monotonic_time();
}

struct index *index_new(struct store *s, struct parser *parser, guint64 salt)
{
	struct index *x = g_new0(struct index, 1);

	x->store = s;
	x->parser = parser;
	x->salt = salt;
	x->states = g_ptr_array_new_with_free_func(state_free);
	x->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	x->current = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	x->pending = g_ptr_array_new_with_free_func(pending_free);
	x->started = g_get_real_time() * 1000;
	x->flushed = g_get_monotonic_time();
	read_table(x);
	return x;
}

void index_free(struct index *x)
{
	if (!x)
		return;
	flush(x);
	g_ptr_array_unref(x->pending);
	g_ptr_array_unref(x->states);
	g_hash_table_unref(x->ids);
	g_hash_table_unref(x->current);
	g_free(x);
}

/* --- units --- */

static char *versioned(const struct index *x, const char *kind)
{
	return g_strdup_printf("%s@%016" G_GINT64_MODIFIER "x", kind, x->salt);
}

struct reader {
	const char *p, *end;
};

static gboolean take(struct reader *r, void *out, gsize n)
{
	if ((gsize)(r->end - r->p) < n)
		return FALSE;
	memcpy(out, r->p, n);
	r->p += n;
	return TRUE;
}

/* Leaves the reader at the result when everything that it was made from is the same. */
static gboolean still_holds(struct index *x, const struct index_key *k, struct reader *r)
{
	guint64 command;
	guint32 n, id;
	gsize length;

	if (!take(r, &command, sizeof(command)) || command != k->command || !take(r, &n, sizeof(n)))
		return FALSE;
	for (guint32 i = 0; i < n; i++)
		if (!take(r, &id, sizeof(id)) || !is_same(x, id))
			return FALSE;
	length = strnlen(r->p, (gsize)(r->end - r->p));
	if (length == (gsize)(r->end - r->p) || (length && !parser_pch_is_fresh(x->parser, r->p)))
		return FALSE;
	r->p += length + 1;
	return TRUE;
}

void *index_get(struct index *x, const struct index_key *k, gsize *size)
{
	char *kind = versioned(x, k->kind);
	gsize n = 0;
	char *blob = store_blob_get(x->store, kind, k->file, &n);
	struct reader r = {blob, blob + n};
	void *result = NULL;

	if (blob && still_holds(x, k, &r)) {
		*size = (gsize)(r.end - r.p);
		result = g_memdup2(r.p, *size);
	}
	g_free(blob);
	g_free(kind);
	return result;
}

/* FALSE when a file that was read is not there any more: then nothing is kept. */
static gboolean add_ids(struct index *x, const char *deps, GByteArray *blob)
{
	char **paths = g_strsplit(deps, "\n", 0);
	guint32 n = 0, id;
	guint at = blob->len;
	gboolean ok = TRUE;

	g_byte_array_append(blob, (const guint8 *)&n, sizeof(n));
	for (char **p = paths; *p && **p && ok; p++, n++) {
		ok = current_id(x, *p, &id);
		g_byte_array_append(blob, (const guint8 *)&id, sizeof(id));
	}
	memcpy(blob->data + at, &n, sizeof(n));
	g_strfreev(paths);
	return ok;
}

void index_put(struct index *x, const struct index_key *k, const char *deps, const char *pch, const void *result,
	       gsize size)
{
	GByteArray *blob = g_byte_array_new();
	struct pending *w;

	g_byte_array_append(blob, (const guint8 *)&k->command, sizeof(k->command));
	if (x->broken || !add_ids(x, deps, blob)) {
		g_byte_array_unref(blob);
		return;
	}
	g_byte_array_append(blob, (const guint8 *)pch, (guint)strlen(pch) + 1);
	g_byte_array_append(blob, result, (guint)size);
	w = g_new0(struct pending, 1);
	*w = (struct pending){.kind = versioned(x, k->kind), .file = g_strdup(k->file), .blob = blob};
	g_ptr_array_add(x->pending, w);
}

void index_tick(struct index *x)
{
	if (g_get_monotonic_time() - x->flushed > (gint64)FLUSH_SECONDS * G_USEC_PER_SEC)
		flush(x);
}

/* --- who reads a file --- */

struct users_search {
	guint n_files;
	gboolean *wanted; /* by id of file */
	GHashTable *users;
};

/* A blob of any version: what a unit reads changes less often than this program. */
static void check_unit(void *ctx, const char *file, const void *blob, gsize size)
{
	const struct users_search *s = ctx;
	struct reader r = {blob, (const char *)blob + size};
	guint64 command;
	guint32 n, id;

	if (!take(&r, &command, sizeof(command)) || !take(&r, &n, sizeof(n)))
		return;
	for (guint32 i = 0; i < n && take(&r, &id, sizeof(id)); i++) {
		if (id < s->n_files && s->wanted[id]) {
			g_hash_table_add(s->users, g_strdup(file));
			return;
		}
	}
}

void index_users(struct store *s, char *const *paths, GHashTable *users)
{
	struct index *x = index_new(s, NULL, 0);
	struct users_search search = {x->states->len, g_new0(gboolean, x->states->len + 1), users};

	for (guint i = 0; i < x->states->len; i++)
		search.wanted[i] =
			g_strv_contains((const char *const *)paths, ((struct state *)x->states->pdata[i])->path);
	store_blob_each(s, "unit", check_unit, &search);
	g_free(search.wanted);
	index_free(x);
}
