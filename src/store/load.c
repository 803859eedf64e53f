/* Reading runs back, and comparing two. */
#include "store/db.h"

#include <string.h>

static const char *keep(struct arena *a, sqlite3_stmt *st, int column)
{
	return arena_strdup(a, db_text(st, column));
}

static void set_not_found(struct store *s, int64_t id, GError **err)
{
	if (id)
		g_set_error(err, STORE_ERROR, STORE_ERROR_NOT_FOUND,
			    "%s: there is no run %" G_GINT64_FORMAT
			    ". `drvcheck query 'SELECT id, tree FROM runs'` lists them",
			    s->path, id);
	else
		g_set_error(err, STORE_ERROR, STORE_ERROR_NOT_FOUND, "%s: holds no run yet. Run a scan first", s->path);
}

static gboolean load_header(struct store *s, struct arena *a, int64_t id, struct store_run *run, GError **err)
{
	g_autoptr(sqlite3_stmt) st =
		db_prepare(s,
			   "SELECT id, version, tree, tree_version, config, units, analysed, seconds FROM runs"
			   " WHERE id = ?1 OR ?1 = 0 ORDER BY id DESC LIMIT 1",
			   err);
	int code;

	if (!st)
		return FALSE;
	sqlite3_bind_int64(st, 1, id);
	code = db_row(s, st, err);
	if (code == SQLITE_DONE)
		set_not_found(s, id, err);
	if (code != SQLITE_ROW)
		return FALSE;
	*run = (struct store_run){
		.id = sqlite3_column_int64(st, 0),
		.version = keep(a, st, 1),
		.tree = keep(a, st, 2),
		.tree_version = keep(a, st, 3),
		.config = keep(a, st, 4),
		.units = sqlite3_column_int64(st, 5),
		.analysed = sqlite3_column_int64(st, 6),
		.seconds = sqlite3_column_double(st, 7),
	};
	return TRUE;
}

static gboolean load_failed(struct store *s, struct arena *a, struct store_run *run, GError **err)
{
	g_autoptr(sqlite3_stmt) st =
		db_prepare(s, "SELECT file, why FROM failed_units WHERE run_id = ?1 ORDER BY file, why", err);
	VEC(struct store_unit_status) failed = {0};
	int code;

	if (!st)
		return FALSE;
	sqlite3_bind_int64(st, 1, run->id);
	while ((code = db_row(s, st, err)) == SQLITE_ROW) {
		struct store_unit_status u = {.file = keep(a, st, 0), .why = keep(a, st, 1)};

		vec_push(a, &failed, u);
	}
	run->failed = failed.v;
	run->n_failed = failed.n;
	return code == SQLITE_DONE;
}

static gboolean load_events(struct store *s, struct arena *a, sqlite3_stmt *st, int64_t version, struct finding *f,
			    GError **err)
{
	VEC(struct finding_event) events = {0};
	int code;

	sqlite3_bind_int64(st, 1, version);
	while ((code = db_row(s, st, err)) == SQLITE_ROW) {
		struct finding_event e = {
			.kind = keep(a, st, 0),
			.file = keep(a, st, 1),
			.line = sqlite3_column_int64(st, 2),
			.column = sqlite3_column_int64(st, 3),
			.message = keep(a, st, 4),
		};

		vec_push(a, &events, e);
	}
	sqlite3_reset(st);
	f->events = events.v;
	f->n_events = events.n;
	return code == SQLITE_DONE;
}

/* The columns that read_finding() expects, whatever rows are asked for. The order is that of finding_list_finish(). */
#define FINDING_COLUMNS                                                                                              \
	"SELECT f.id, f.fingerprint, f.rule, v.confidence, p.path, v.line, v.column, f.function, f.resource, "       \
	"f.acquire,"                                                                                                 \
	" v.release, v.message, f.expression, f.exit_kind, v.id, coalesce(r.part_of, f.id), r.part_of IS NULL FROM " \
	"run_findings r JOIN findings f ON f.id = "                                                                  \
	"r.finding_id"                                                                                               \
	" JOIN versions v ON v.id = r.version_id JOIN files p ON p.id = f.file_id "
#define EVENT_COLUMNS "SELECT kind, file, line, column, message FROM events WHERE version_id = ?1 ORDER BY step"

static void read_finding(struct arena *a, sqlite3_stmt *st, struct finding *f)
{
	*f = (struct finding){
		.id = sqlite3_column_int64(st, 0),
		.fingerprint = keep(a, st, 1),
		.rule = keep(a, st, 2),
		.confidence = CONF_LOW,
		.file = keep(a, st, 4),
		.line = sqlite3_column_int64(st, 5),
		.column = sqlite3_column_int64(st, 6),
		.function = keep(a, st, 7),
		.resource = keep(a, st, 8),
		.acquire = keep(a, st, 9),
		.release = keep(a, st, 10),
		.message = keep(a, st, 11),
		.expression = keep(a, st, 12),
		.exit_kind = keep(a, st, 13),
		.group = keep(a, st, 15),
		.rank = (uint32_t)sqlite3_column_int(st, 16),
	};
	confidence_parse(db_text(st, 3), &f->confidence);
}

static gboolean load_findings(struct store *s, struct arena *a, int64_t run, struct finding_list *l, GError **err)
{
	g_autoptr(sqlite3_stmt) st = NULL, events = NULL;
	int code;

	st = db_prepare(
		s, FINDING_COLUMNS "WHERE r.run_id = ?1 ORDER BY p.path, v.line, v.column, f.rule, v.message, f.id",
		err);
	events = st ? db_prepare(s, EVENT_COLUMNS, err) : NULL;
	if (!events)
		return FALSE;
	sqlite3_bind_int64(st, 1, run);
	while ((code = db_row(s, st, err)) == SQLITE_ROW) {
		struct finding f;

		read_finding(a, st, &f);
		if (!load_events(s, a, events, sqlite3_column_int64(st, 14), &f, err))
			return FALSE;
		vec_push(a, &l->all, f);
	}
	finding_list_group(l);
	return code == SQLITE_DONE;
}

gboolean store_load_run(struct store *s, struct arena *a, int64_t id, struct store_run *run,
			struct finding_list *findings, GError **err)
{
	*findings = (struct finding_list){.arena = a};
	/* One read transaction: a scan that ends meanwhile is not seen half-way. */
	if (!db_exec(s, "BEGIN", err))
		return FALSE;
	return db_end(s,
		      load_header(s, a, id, run, err) && load_failed(s, a, run, err) &&
			      load_findings(s, a, run->id, findings, err),
		      err);
}

gboolean store_load_finding(struct store *s, struct arena *a, int64_t id, struct finding *out, GError **err)
{
	g_autoptr(sqlite3_stmt) st = db_prepare(s, FINDING_COLUMNS "WHERE f.id = ?1 AND r.run_id = f.last_run", err);
	g_autoptr(sqlite3_stmt) events = st ? db_prepare(s, EVENT_COLUMNS, err) : NULL;
	int code;

	if (!events)
		return FALSE;
	sqlite3_bind_int64(st, 1, id);
	code = db_row(s, st, err);
	if (code == SQLITE_DONE)
		g_set_error(err, STORE_ERROR, STORE_ERROR_NOT_FOUND, "%s: there is no finding %" G_GINT64_FORMAT,
			    s->path, id);
	if (code != SQLITE_ROW)
		return FALSE;
	read_finding(a, st, out);
	return load_events(s, a, events, sqlite3_column_int64(st, 14), out, err);
}

gboolean store_find_fingerprint(struct store *s, const char *fingerprint, int64_t *id, GError **err)
{
	g_autoptr(sqlite3_stmt) st = db_prepare(s, "SELECT id FROM findings WHERE fingerprint = ?1", err);
	int code;

	if (!st)
		return FALSE;
	db_bind_text(st, 1, fingerprint);
	code = db_row(s, st, err);
	*id = code == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
	return code == SQLITE_ROW || code == SQLITE_DONE;
}

GHashTable *load_files(struct store *s, int64_t run, GError **err)
{
	g_autoptr(sqlite3_stmt) st =
		db_prepare(s, "SELECT path FROM run_files JOIN files ON files.id = file_id WHERE run_id = ?1", err);
	GHashTable *t = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	int code = SQLITE_ERROR;

	if (st) {
		sqlite3_bind_int64(st, 1, run);
		while ((code = db_row(s, st, err)) == SQLITE_ROW)
			g_hash_table_add(t, g_strdup(db_text(st, 0)));
	}
	if (code == SQLITE_DONE)
		return t;
	g_hash_table_destroy(t);
	return NULL;
}

/* Moves what the second run did not look at from `gone` to `unscanned`. */
static void split_gone(struct store_diff *d, const struct store_run *run, GHashTable *scanned)
{
	gboolean tree = run->tree && g_file_test(run->tree, G_FILE_TEST_IS_DIR);
	unsigned int kept = 0;

	for (unsigned int i = 0; i < d->gone.all.n; i++) {
		struct finding *f = &d->gone.all.v[i];
		g_autofree char *full = g_build_filename(run->tree, f->file, NULL);

		if (g_hash_table_contains(scanned, f->file) || (tree && !g_file_test(full, G_FILE_TEST_EXISTS)))
			d->gone.all.v[kept++] = *f;
		else
			vec_push(d->unscanned.arena, &d->unscanned.all, *f);
	}
	d->gone.all.n = kept;
}

gboolean store_diff(struct store *a, int64_t run_a, struct store *b, int64_t run_b, struct arena *arena,
		    struct store_diff *out, GError **err)
{
	struct finding_list before, after;
	struct store_run ra, rb;
	GHashTable *scanned;

	*out = (struct store_diff){{.arena = arena}, {.arena = arena}, {.arena = arena}, {.arena = arena}};
	if (!store_load_run(a, arena, run_a, &ra, &before, err) || !store_load_run(b, arena, run_b, &rb, &after, err))
		return FALSE;
	scanned = load_files(b, rb.id, err);
	if (!scanned)
		return FALSE;
	finding_list_diff(&before, &after, &out->fresh, &out->gone, &out->same);
	split_gone(out, &rb, scanned);
	g_hash_table_destroy(scanned);
	return TRUE;
}
