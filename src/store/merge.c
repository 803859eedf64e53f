/* One run out of the parts that several machines have scanned. The index of summaries is not taken over: it names files
 * as each machine has them. */
#include "store/db.h"

#include <stdlib.h>
#include <string.h>

struct merge {
	struct arena *arena;
	struct store_run run;
	struct finding_list findings;
	GHashTable *fingerprints; /* of the findings: a header's function may be reported by several parts */
	GHashTable *scanned;	  /* files */
	GHashTable *failed;	  /* files */
	VEC(struct store_unit_status) all_failed;
};

static gboolean differs(const struct store *s, const char *what, const char *here, const char *there, GError **err)
{
	if (strcmp(here, there) == 0)
		return FALSE;
	g_set_error(
		err, STORE_ERROR, STORE_ERROR_SQL,
		"%s: its newest run is of %s %s, that of the databases before it of %s; only parts of one scan can be "
		"merged",
		s->path, what, there, here);
	return TRUE;
}

static void add_failed(struct merge *m, const struct store_run *part)
{
	for (uint32_t i = 0; i < part->n_failed; i++) {
		if (g_hash_table_add(m->failed, (gpointer)part->failed[i].file))
			vec_push(m->arena, &m->all_failed, part->failed[i]);
	}
}

static void add_findings(struct merge *m, const struct finding_list *part)
{
	for (unsigned int i = 0; i < part->all.n; i++)
		if (g_hash_table_add(m->fingerprints, (gpointer)part->all.v[i].fingerprint))
			finding_list_add(&m->findings, &part->all.v[i]);
}

static gboolean add_scanned(struct merge *m, struct store *s, int64_t run, GError **err)
{
	GHashTable *files = load_files(s, run, err);
	GHashTableIter it;
	gpointer path;

	if (!files)
		return FALSE;
	g_hash_table_iter_init(&it, files);
	while (g_hash_table_iter_next(&it, &path, NULL))
		g_hash_table_add(m->scanned, arena_strdup(m->arena, path));
	g_hash_table_destroy(files);
	return TRUE;
}

/* Parts run side by side: the whole takes as long as the longest. */
static gboolean add_part(struct merge *m, struct store *s, gboolean first, GError **err)
{
	struct finding_list findings;
	struct store_run part;

	if (!store_load_run(s, m->arena, 0, &part, &findings, err))
		return FALSE;
	if (first) {
		m->run = part;
		m->run.seconds = 0;
	} else if (differs(s, "drvcheck", m->run.version, part.version, err) ||
		   differs(s, "kernel", m->run.tree_version, part.tree_version, err)) {
		return FALSE;
	} else if (strcmp(m->run.config, part.config) != 0) {
		m->run.config = "";
	}
	m->run.seconds = MAX(m->run.seconds, part.seconds);
	add_failed(m, &part);
	add_findings(m, &findings);
	return add_scanned(m, s, part.id, err);
}

static int by_file(const void *a, const void *b)
{
	return strcmp(((const struct store_unit_status *)a)->file, ((const struct store_unit_status *)b)->file);
}

/* What one part could not analyse and another could is analysed. */
static void close_run(struct merge *m)
{
	unsigned int kept = 0;

	for (unsigned int i = 0; i < m->all_failed.n; i++)
		if (!g_hash_table_contains(m->scanned, m->all_failed.v[i].file))
			m->all_failed.v[kept++] = m->all_failed.v[i];
	if (kept)
		qsort(m->all_failed.v, kept, sizeof(*m->all_failed.v), by_file);
	m->run.failed = m->all_failed.v;
	m->run.n_failed = kept;
	m->run.analysed = g_hash_table_size(m->scanned);
	m->run.units = m->run.analysed + kept;
}

static gboolean save(struct merge *m, struct store *to, GError **err)
{
	guint n;
	char **files = (char **)g_hash_table_get_keys_as_array(m->scanned, &n);
	gboolean ok = store_save_run(to, &m->run, &m->findings, files, err);

	g_free(files);
	return ok;
}

static gboolean take_marks(struct store *to, struct store *from, struct arena *a, GError **err)
{
	struct triage_list marks;

	if (!store_triage_all(from, a, &marks, err))
		return FALSE;
	for (unsigned int i = 0; i < marks.all.n; i++) {
		const struct triage_mark *m = &marks.all.v[i];
		struct triage_mark known;
		GError *why = NULL;
		gboolean is_known = store_triage_lookup(to, a, m->fingerprint, &known, &why);

		if (why) {
			g_propagate_error(err, why);
			return FALSE;
		}
		if (is_known && strcmp(known.date, m->date) >= 0)
			continue;
		if (!store_triage_set(to, m, err))
			return FALSE;
	}
	return TRUE;
}

gboolean store_merge(struct store *to, struct store *const *from, guint n, struct arena *a, struct store_run *run,
		     GError **err)
{
	struct merge m = {
		.arena = a,
		.findings = {.arena = a},
		.fingerprints = g_hash_table_new(g_str_hash, g_str_equal),
		.scanned = g_hash_table_new(g_str_hash, g_str_equal),
		.failed = g_hash_table_new(g_str_hash, g_str_equal),
	};
	gboolean ok = TRUE;

	for (guint i = 0; ok && i < n; i++)
		ok = add_part(&m, from[i], i == 0, err);
	if (ok)
		close_run(&m);
	ok = ok && save(&m, to, err);
	for (guint i = 0; ok && i < n; i++)
		ok = take_marks(to, from[i], a, err);
	*run = m.run;
	g_hash_table_destroy(m.fingerprints);
	g_hash_table_destroy(m.scanned);
	g_hash_table_destroy(m.failed);
	return ok;
}
