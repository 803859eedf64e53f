/* Decisions and history. */
#include "store/db.h"

gboolean store_triage_set(struct store *s, const struct triage_mark *m, GError **err)
{
	g_autoptr(sqlite3_stmt) st =
		db_prepare(s,
			   "INSERT INTO triage (fingerprint, verdict, author, date, why, place, function_hash)"
			   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
			   err);
	const char *fields[] = {m->fingerprint, m->verdict, m->author, m->date, m->why, m->place, m->function_hash};

	if (!st)
		return FALSE;
	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		db_bind_text(st, i + 1, fields[i]);
	return db_step(s, st, err);
}

#define MARK_COLUMNS "SELECT fingerprint, verdict, author, date, why, place, function_hash FROM triage "

static struct triage_mark read_mark(struct arena *a, sqlite3_stmt *st)
{
	return (struct triage_mark){
		.fingerprint = arena_strdup(a, db_text(st, 0)),
		.verdict = arena_strdup(a, db_text(st, 1)),
		.author = arena_strdup(a, db_text(st, 2)),
		.date = arena_strdup(a, db_text(st, 3)),
		.why = arena_strdup(a, db_text(st, 4)),
		.place = arena_strdup(a, db_text(st, 5)),
		.function_hash = arena_strdup(a, db_text(st, 6)),
	};
}

gboolean store_triage_lookup(struct store *s, struct arena *a, const char *fingerprint, struct triage_mark *out,
			     GError **err)
{
	g_autoptr(sqlite3_stmt) st = db_prepare(s, MARK_COLUMNS "WHERE fingerprint = ?1 ORDER BY id DESC LIMIT 1", err);

	if (!st)
		return FALSE;
	db_bind_text(st, 1, fingerprint);
	if (db_row(s, st, err) != SQLITE_ROW)
		return FALSE;
	*out = read_mark(a, st);
	return TRUE;
}

gboolean store_triage_all(struct store *s, struct arena *a, struct triage_list *out, GError **err)
{
	g_autoptr(sqlite3_stmt) st = db_prepare(
		s, MARK_COLUMNS "WHERE id IN (SELECT max(id) FROM triage GROUP BY fingerprint) ORDER BY fingerprint",
		err);
	int code;

	*out = (struct triage_list){.arena = a};
	if (!st)
		return FALSE;
	while ((code = db_row(s, st, err)) == SQLITE_ROW)
		vec_push(a, &out->all, read_mark(a, st));
	return code == SQLITE_DONE;
}

gboolean store_load_history(struct store *s, struct arena *a, unsigned int limit, struct store_history *out,
			    GError **err)
{
	g_autoptr(sqlite3_stmt) st =
		db_prepare(s,
			   "SELECT n.id, n.tree_version, n.units, count(v.id) FILTER (WHERE v.confidence = 'low'),"
			   " count(v.id) FILTER (WHERE v.confidence = 'medium'),"
			   " count(v.id) FILTER (WHERE v.confidence = 'high')"
			   " FROM (SELECT id, tree_version, units FROM runs ORDER BY id DESC LIMIT ?1) n"
			   " LEFT JOIN run_findings r ON r.run_id = n.id AND r.part_of IS NULL LEFT JOIN versions v ON "
			   "v.id = r.version_id"
			   " GROUP BY n.id ORDER BY n.id",
			   err);
	int code;

	*out = (struct store_history){0};
	if (!st)
		return FALSE;
	sqlite3_bind_int64(st, 1, limit);
	while ((code = db_row(s, st, err)) == SQLITE_ROW) {
		struct store_history_row row = {
			.run = sqlite3_column_int64(st, 0),
			.tree_version = arena_strdup(a, db_text(st, 1)),
			.units = (unsigned int)sqlite3_column_int64(st, 2),
		};

		for (int c = CONF_LOW; c <= CONF_HIGH; c++)
			row.counts[c] = sqlite3_column_int64(st, 3 + c);
		vec_push(a, &out->all, row);
	}
	return code == SQLITE_DONE;
}
