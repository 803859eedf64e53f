/*
 * Writing a run: one transaction, so that a reader sees all of it or nothing, and a kill in the middle leaves the
 * database as it was. A finding that looks as before costs one upsert and one row; its text and events are stored once.
 */
#include "store/db.h"

#include <string.h>
#include <sys/stat.h>
#include <xxhash.h>

struct saver {
	struct store *s;
	int64_t run;
	sqlite3_stmt *file_add, *file_get, *run_file, *finding, *version_get, *version_add, *event, *run_finding;
	GHashTable *files; /* path -> id + 1 */
};

static gboolean prepare_all(struct saver *w, GError **err)
{
	const struct {
		sqlite3_stmt **st;
		const char *sql;
	} all[] = {
		{&w->file_add, "INSERT OR IGNORE INTO files (path) VALUES (?1)"},
		{&w->file_get, "SELECT id FROM files WHERE path = ?1"},
		{&w->run_file, "INSERT OR IGNORE INTO run_files (run_id, file_id) VALUES (?1, ?2)"},
		{&w->finding,
		 "INSERT INTO findings (fingerprint, rule, file_id, function, resource, acquire, expression, exit_kind,"
		 " first_run, last_run) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)"
		 " ON CONFLICT (fingerprint) DO UPDATE SET resource = ?5, expression = ?7, last_run = ?9, gone_run = "
		 "NULL"
		 " RETURNING id"},
		{&w->version_get, "SELECT id FROM versions WHERE finding_id = ?1 AND hash = ?2"},
		{&w->version_add, "INSERT INTO versions (finding_id, hash, confidence, line, column, release, message)"
				  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"},
		{&w->event, "INSERT INTO events (version_id, step, kind, file, line, column, message)"
			    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"},
		{&w->run_finding,
		 "INSERT OR REPLACE INTO run_findings (run_id, finding_id, version_id, part_of) VALUES (?1, ?2, ?3, "
		 "nullif(?4, 0))"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
		if (!(*all[i].st = db_prepare(w->s, all[i].sql, err)))
			return FALSE;
	return TRUE;
}

static void finalize_all(struct saver *w)
{
	sqlite3_stmt *all[] = {w->file_add,    w->file_get,    w->run_file, w->finding,
			       w->version_get, w->version_add, w->event,    w->run_finding};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
		sqlite3_finalize(all[i]);
	g_hash_table_destroy(w->files);
}

/* Runs a statement whose first row's first column is the answer; 0 when there is no row, -1 on a fault. */
static int64_t fetch_id(struct saver *w, sqlite3_stmt *st, GError **err)
{
	int code = db_row(w->s, st, err);
	int64_t id = code == SQLITE_ROW ? sqlite3_column_int64(st, 0) : code == SQLITE_DONE ? 0 : -1;

	sqlite3_reset(st);
	return id;
}

static int64_t file_id(struct saver *w, const char *path, GError **err)
{
	int64_t id = GPOINTER_TO_SIZE(g_hash_table_lookup(w->files, path));

	if (id)
		return id;
	db_bind_text(w->file_add, 1, path);
	db_bind_text(w->file_get, 1, path);
	if (!db_step(w->s, w->file_add, err))
		return -1;
	id = fetch_id(w, w->file_get, err);
	if (id > 0)
		g_hash_table_insert(w->files, g_strdup(path), GSIZE_TO_POINTER(id));
	return id;
}

static gboolean save_header(struct saver *w, struct store_run *run, GError **err)
{
	g_autoptr(sqlite3_stmt) st =
		db_prepare(w->s,
			   "INSERT INTO runs (time, version, tree, tree_version, config, units, analysed, seconds)"
			   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
			   err);

	if (!st)
		return FALSE;
	sqlite3_bind_int64(st, 1, g_get_real_time() / G_USEC_PER_SEC);
	db_bind_text(st, 2, run->version);
	db_bind_text(st, 3, run->tree);
	db_bind_text(st, 4, run->tree_version);
	db_bind_text(st, 5, run->config);
	sqlite3_bind_int64(st, 6, run->units);
	sqlite3_bind_int64(st, 7, run->analysed);
	sqlite3_bind_double(st, 8, run->seconds);
	if (!db_step(w->s, st, err))
		return FALSE;
	w->run = sqlite3_last_insert_rowid(w->s->db);
	return TRUE;
}

static gboolean save_failed(struct saver *w, const struct store_run *run, GError **err)
{
	g_autoptr(sqlite3_stmt) st =
		db_prepare(w->s, "INSERT INTO failed_units (run_id, file, why) VALUES (?1, ?2, ?3)", err);

	if (!st)
		return FALSE;
	for (uint32_t i = 0; i < run->n_failed; i++) {
		sqlite3_bind_int64(st, 1, w->run);
		db_bind_text(st, 2, run->failed[i].file);
		db_bind_text(st, 3, run->failed[i].why);
		if (!db_step(w->s, st, err))
			return FALSE;
	}
	return TRUE;
}

static gboolean save_files(struct saver *w, char **scanned, GError **err)
{
	for (; scanned && *scanned; scanned++) {
		int64_t id = file_id(w, *scanned, err);

		if (id < 0)
			return FALSE;
		sqlite3_bind_int64(w->run_file, 1, w->run);
		sqlite3_bind_int64(w->run_file, 2, id);
		if (!db_step(w->s, w->run_file, err))
			return FALSE;
	}
	return TRUE;
}

static void hash_text(XXH64_state_t *h, const char *s)
{
	XXH64_update(h, s ? s : "", s ? strlen(s) : 0);
	XXH64_update(h, "\n", 1);
}

static void hash_place(XXH64_state_t *h, unsigned int line, unsigned int column)
{
	uint32_t place[2] = {line, column};

	XXH64_update(h, place, sizeof(place));
}

static char *version_hash(const struct finding *f)
{
	XXH64_state_t *h = XXH64_createState();
	char *hex;

	XXH64_reset(h, 0);
	hash_text(h, confidence_name(f->confidence));
	hash_place(h, f->line, f->column);
	hash_text(h, f->release);
	hash_text(h, f->message);
	for (uint32_t i = 0; i < f->n_events; i++) {
		hash_text(h, f->events[i].kind);
		hash_text(h, f->events[i].file);
		hash_place(h, f->events[i].line, f->events[i].column);
		hash_text(h, f->events[i].message);
	}
	hex = g_strdup_printf("%016" G_GINT64_MODIFIER "x", (guint64)XXH64_digest(h));
	XXH64_freeState(h);
	return hex;
}

static gboolean save_events(struct saver *w, int64_t version, const struct finding *f, GError **err)
{
	for (uint32_t i = 0; i < f->n_events; i++) {
		const struct finding_event *e = &f->events[i];

		sqlite3_bind_int64(w->event, 1, version);
		sqlite3_bind_int64(w->event, 2, i + 1);
		db_bind_text(w->event, 3, e->kind);
		db_bind_text(w->event, 4, e->file);
		sqlite3_bind_int64(w->event, 5, e->line);
		sqlite3_bind_int64(w->event, 6, e->column);
		db_bind_text(w->event, 7, e->message);
		if (!db_step(w->s, w->event, err))
			return FALSE;
	}
	return TRUE;
}

/* The id of the version that looks like `f`, made when there is none yet; -1 on a fault. */
static int64_t save_version(struct saver *w, const struct finding *f, GError **err)
{
	g_autofree char *hash = version_hash(f);
	int64_t version;

	sqlite3_bind_int64(w->version_get, 1, f->id);
	db_bind_text(w->version_get, 2, hash);
	version = fetch_id(w, w->version_get, err);
	if (version)
		return version;
	sqlite3_bind_int64(w->version_add, 1, f->id);
	db_bind_text(w->version_add, 2, hash);
	db_bind_text(w->version_add, 3, confidence_name(f->confidence));
	sqlite3_bind_int64(w->version_add, 4, f->line);
	sqlite3_bind_int64(w->version_add, 5, f->column);
	db_bind_text(w->version_add, 6, f->release);
	db_bind_text(w->version_add, 7, f->message);
	if (!db_step(w->s, w->version_add, err))
		return -1;
	version = sqlite3_last_insert_rowid(w->s->db);
	return save_events(w, version, f, err) ? version : -1;
}

/* `part_of`: the finding in whose report it is told; 0: it is told by itself. */
static gboolean save_finding(struct saver *w, struct finding *f, int64_t part_of, GError **err)
{
	int64_t file = file_id(w, f->file, err), version;

	if (file < 0)
		return FALSE;
	db_bind_text(w->finding, 1, f->fingerprint);
	db_bind_text(w->finding, 2, f->rule);
	sqlite3_bind_int64(w->finding, 3, file);
	db_bind_text(w->finding, 4, f->function);
	db_bind_text(w->finding, 5, f->resource);
	db_bind_text(w->finding, 6, f->acquire);
	db_bind_text(w->finding, 7, f->expression);
	db_bind_text(w->finding, 8, f->exit_kind);
	sqlite3_bind_int64(w->finding, 9, w->run);
	f->id = fetch_id(w, w->finding, err);
	if (f->id <= 0 || (version = save_version(w, f, err)) < 0)
		return FALSE;
	sqlite3_bind_int64(w->run_finding, 1, w->run);
	sqlite3_bind_int64(w->run_finding, 2, f->id);
	sqlite3_bind_int64(w->run_finding, 3, version);
	sqlite3_bind_int64(w->run_finding, 4, part_of);
	return db_step(w->s, w->run_finding, err);
}

/* Each by itself, as it was before they were told as one: so each has its own history. */
static gboolean save_group(struct saver *w, struct finding *f, GError **err)
{
	if (!f->n_parts)
		return save_finding(w, f, 0, err);
	for (uint32_t i = 0; i < f->n_parts; i++)
		if (strcmp(f->parts[i].fingerprint, f->fingerprint) == 0) {
			if (!save_finding(w, &f->parts[i], 0, err))
				return FALSE;
			f->id = f->parts[i].id;
		}
	for (uint32_t i = 0; i < f->n_parts; i++)
		if (strcmp(f->parts[i].fingerprint, f->fingerprint) && !save_finding(w, &f->parts[i], f->id, err))
			return FALSE;
	return TRUE;
}

/* A finding is gone when this run scanned its file and did not report it. */
static gboolean mark_gone(struct saver *w, GError **err)
{
	g_autoptr(sqlite3_stmt) st =
		db_prepare(w->s,
			   "UPDATE findings SET gone_run = ?1 WHERE gone_run IS NULL AND last_run <> ?1"
			   " AND file_id IN (SELECT file_id FROM run_files WHERE run_id = ?1)",
			   err);

	if (!st)
		return FALSE;
	sqlite3_bind_int64(st, 1, w->run);
	return db_step(w->s, st, err);
}

static gboolean file_vanished(const char *tree, const char *path)
{
	g_autofree char *full = g_build_filename(tree, path, NULL);
	struct stat st;

	return stat(full, &st) != 0;
}

/* So it is when its file no longer exists, which no scan will ever list. */
static gboolean mark_vanished(struct saver *w, const char *tree, GError **err)
{
	g_autoptr(sqlite3_stmt) open = NULL, mark = NULL;
	int code;

	if (!tree || !g_file_test(tree, G_FILE_TEST_IS_DIR))
		return TRUE;
	open = db_prepare(w->s,
			  "SELECT DISTINCT file_id, path FROM findings JOIN files ON files.id = file_id"
			  " WHERE gone_run IS NULL AND last_run <> ?1",
			  err);
	mark = open ? db_prepare(w->s, "UPDATE findings SET gone_run = ?1 WHERE gone_run IS NULL AND file_id = ?2", err)
		    : NULL;
	if (!mark)
		return FALSE;
	sqlite3_bind_int64(open, 1, w->run);
	sqlite3_bind_int64(mark, 1, w->run);
	while ((code = db_row(w->s, open, err)) == SQLITE_ROW) {
		if (!file_vanished(tree, db_text(open, 1)))
			continue;
		sqlite3_bind_int64(mark, 2, sqlite3_column_int64(open, 0));
		if (!db_step(w->s, mark, err))
			return FALSE;
	}
	return code == SQLITE_DONE;
}

static gboolean save_all(struct saver *w, struct store_run *run, struct finding_list *l, char **scanned, GError **err)
{
	if (!prepare_all(w, err) || !save_header(w, run, err) || !save_failed(w, run, err) ||
	    !save_files(w, scanned, err))
		return FALSE;
	for (unsigned int i = 0; i < l->all.n; i++)
		if (!save_group(w, &l->all.v[i], err))
			return FALSE;
	return mark_gone(w, err) && mark_vanished(w, run->tree, err);
}

gboolean store_save_run(struct store *s, struct store_run *run, struct finding_list *findings, char **scanned_files,
			GError **err)
{
	struct saver w = {.s = s, .files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
	gboolean ok = db_begin(s, err);

	if (ok) {
		ok = save_all(&w, run, findings, scanned_files, err);
		finalize_all(&w);
		ok = db_end(s, ok, err);
	} else {
		finalize_all(&w);
	}
	if (ok)
		run->id = w.run;
	return ok;
}
