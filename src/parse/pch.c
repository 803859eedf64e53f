/* Finding the precompiled header of a unit, and deciding which to build: see the header. */
#include "parse/pch.h"
#include "parse/words.h"

#include <glib/gstdio.h>
#include <string.h>

struct pch_cache {
	char *directory;
	GHashTable *bases; /* base -> GPtrArray of struct pch * */
	GHashTable *stats; /* path -> its size and mtime, so that many headers share one look at the files */
};

/* A group that grew so much since its headers were chosen deserves a better choice. */
#define GROWTH 10
#define GROWN_ENOUGH 300

/* More than this many would cost more than they bring: the groups left are small. */
#define MAX_BUILDS 24

/* Precompiled headers take 50 MB a tree and kernel version; those built longer ago go when others are built. */
#define KEEP_DAYS 30

static void free_list(gpointer list)
{
	g_ptr_array_free(list, TRUE);
}

struct pch_cache *pch_cache_new(const char *directory)
{
	struct pch_cache *c = g_new0(struct pch_cache, 1);

	c->directory = g_strdup(directory);
	c->bases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_list);
	c->stats = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return c;
}

void pch_cache_free(struct pch_cache *c)
{
	g_hash_table_destroy(c->bases);
	g_hash_table_destroy(c->stats);
	g_free(c->directory);
	g_free(c);
}

static int by_meta(gconstpointer a, gconstpointer b)
{
	const struct pch *const *x = a;
	const struct pch *const *y = b;

	return strcmp((*x)->meta, (*y)->meta);
}

static GPtrArray *read_base(const char *directory)
{
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)pch_free);
	GDir *dir = g_dir_open(directory, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = NULL;
		struct pch *p;

		if (!g_str_has_suffix(name, ".meta"))
			continue;
		path = g_build_filename(directory, name, NULL);
		p = pch_read(path);
		if (p)
			g_ptr_array_add(list, p);
	}
	if (dir)
		g_dir_close(dir);
	g_ptr_array_sort(list, by_meta);
	return list;
}

static GPtrArray *pchs_of_base(struct pch_cache *c, const char *base)
{
	GPtrArray *list = g_hash_table_lookup(c->bases, base);

	if (!list) {
		g_autofree char *directory = g_build_filename(c->directory, base, NULL);

		list = read_base(directory);
		g_hash_table_insert(c->bases, g_strdup(base), list);
	}
	return list;
}

gboolean pch_is_known_fresh(struct pch_cache *c, const char *meta)
{
	g_autofree char *directory = g_path_get_dirname(meta), *base = g_path_get_basename(directory);
	GPtrArray *list = pchs_of_base(c, base);

	for (guint i = 0; i < list->len; i++) {
		struct pch *p = list->pdata[i];

		if (strcmp(p->meta, meta) == 0)
			return p->state != PCH_STALE && pch_is_fresh(p, c->stats);
	}
	return FALSE;
}

/*
 * How many macros the unit has beyond the header's, -1 when they do not go together: the header's must be there in
 * their order, and it must not matter to its headers that the others are not.
 */
static int extra_macros(struct pch *p, const GPtrArray *unit)
{
	guint at = 0;
	int extra = 0;

	for (guint i = 0; i < unit->len; i++) {
		const char *flag = unit->pdata[i];
		g_autofree char *name = NULL;

		if (at < p->macros->len && strcmp(p->macros->pdata[at], flag) == 0) {
			at++;
			continue;
		}
		name = macro_name(flag);
		if (pch_is_sensitive(p, name, strlen(name)))
			return -1;
		extra++;
	}
	return at == p->macros->len ? extra : -1;
}

/* The fresh ones with fewest macros missing, one of each width; NULL where there is none. */
static void best_for(struct pch_cache *c, const struct signature *s, struct pch *best[PCH_N_WIDTHS])
{
	GPtrArray *list = pchs_of_base(c, s->base);
	int best_extra[PCH_N_WIDTHS] = {G_MAXINT, G_MAXINT};

	memset(best, 0, sizeof(*best) * PCH_N_WIDTHS);
	for (guint i = 0; i < list->len; i++) {
		struct pch *p = list->pdata[i];
		int extra;

		if (p->state == PCH_STALE || !is_prefix_of(p->includes, s->includes))
			continue;
		extra = extra_macros(p, s->macros);
		if (extra >= 0 && extra < best_extra[p->width] && pch_is_fresh(p, c->stats)) {
			best[p->width] = p;
			best_extra[p->width] = extra;
		}
	}
}

struct sensitivity {
	struct pch *pch;
	gboolean found;
};

static void check_define(gpointer ctx, const char *name, gsize n)
{
	struct sensitivity *s = ctx;

	s->found = s->found || pch_is_sensitive(s->pch, name, n);
}

static gboolean source_disturbs(struct pch *p, const char *source)
{
	struct sensitivity s = {p, FALSE};
	struct words_visitor v = {.define = check_define, .ctx = &s};

	words_visit(source, strlen(source), &v);
	return s.found;
}

guint pch_find(struct pch_cache *c, const struct cdb_entry *e, char *const *flags, const char *source,
	       const struct pch *found[PCH_N_WIDTHS])
{
	struct pch *best[PCH_N_WIDTHS];
	struct signature s;
	guint n = 0;

	signature_init(&s, e->directory, flags);
	best_for(c, &s, best);
	signature_clear(&s);
	for (guint i = 0; i < PCH_N_WIDTHS; i++)
		if (best[i] && !pch_has_clashed(best[i], e->file) && !source_disturbs(best[i], source))
			found[n++] = best[i];
	return n;
}

void pch_clashed(struct pch_cache *c, const struct pch *p, const char *file)
{
	pch_note_clash((struct pch *)p, file);
}

void pch_refused(struct pch_cache *c, const struct pch *refused)
{
	struct pch *p = (struct pch *)refused;

	p->state = PCH_STALE;
	g_unlink(p->meta);
}

static void group_free(gpointer ptr)
{
	struct pch_group *g = ptr;

	signature_clear(&g->signature);
	g_strfreev(g->flags);
	g_ptr_array_free(g->files, TRUE);
	g_free(g);
}

static void group_add(GHashTable *groups, const struct cdb_entry *e)
{
	char **flags = cdb_clang_flags(e);
	struct signature s;
	struct pch_group *g;
	guint64 id;

	signature_init(&s, e->directory, flags);
	id = signature_group(&s);
	g = g_hash_table_lookup(groups, &id);
	if (!g) {
		g = g_new0(struct pch_group, 1);
		g->id = id;
		g->files = g_ptr_array_new();
		g_hash_table_insert(groups, &g->id, g);
	}
	g_ptr_array_add(g->files, e->file);
	if (!g->flags || s.includes->len < g->signature.includes->len) {
		if (g->flags)
			signature_clear(&g->signature);
		g_strfreev(g->flags);
		g->signature = s;
		g->flags = flags;
	} else {
		signature_clear(&s);
		g_strfreev(flags);
	}
}

static int larger_first(gconstpointer a, gconstpointer b)
{
	const struct pch_group *const *x = a;
	const struct pch_group *const *y = b;

	if ((*x)->files->len != (*y)->files->len)
		return (*x)->files->len > (*y)->files->len ? -1 : 1;
	return strcmp((*x)->files->pdata[0], (*y)->files->pdata[0]);
}

static GPtrArray *groups_of(GPtrArray *entries)
{
	GHashTable *groups = g_hash_table_new(g_int64_hash, g_int64_equal);
	GPtrArray *sorted = g_ptr_array_new_with_free_func(group_free);
	GHashTableIter it;
	gpointer g;

	for (guint i = 0; i < entries->len; i++)
		group_add(groups, entries->pdata[i]);
	g_hash_table_iter_init(&it, groups);
	while (g_hash_table_iter_next(&it, NULL, &g))
		g_ptr_array_add(sorted, g);
	g_hash_table_destroy(groups);
	g_ptr_array_sort(sorted, larger_first);
	return sorted;
}

/* Is what exists as good as what would be built now? */
static gboolean is_served(struct pch *const have[PCH_N_WIDTHS], const struct pch_group *g)
{
	const struct pch *wide = have[PCH_WIDE];

	if (!wide || (g->files->len >= PCH_NARROW_MIN && !have[PCH_NARROW]))
		return FALSE;
	if (wide->macros->len != g->signature.macros->len)
		return TRUE; /* borrowed from a larger group */
	return g->files->len < GROWN_ENOUGH || g->files->len / GROWTH < wide->n_units;
}

/* Was anything of this base built since `oldest` (seconds)? */
static gboolean is_recent(const char *directory, gint64 oldest)
{
	GDir *dir = g_dir_open(directory, 0, NULL);
	const char *name;
	gboolean recent = FALSE;

	while (dir && !recent && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(directory, name, NULL);
		GStatBuf st;

		recent = g_stat(path, &st) == 0 && st.st_mtime >= oldest;
	}
	if (dir)
		g_dir_close(dir);
	return recent;
}

static void remove_base(const char *directory)
{
	GDir *dir = g_dir_open(directory, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(directory, name, NULL);

		g_unlink(path);
	}
	if (dir)
		g_dir_close(dir);
	g_rmdir(directory);
}

static void remove_old(const struct pch_cache *c)
{
	gint64 oldest = g_get_real_time() / G_USEC_PER_SEC - (gint64)KEEP_DAYS * 24 * 3600;
	GDir *dir = g_dir_open(c->directory, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *base = g_build_filename(c->directory, name, NULL);

		if (!is_recent(base, oldest))
			remove_base(base);
	}
	if (dir)
		g_dir_close(dir);
}

void pch_cache_prepare(struct pch_cache *c, GPtrArray *entries, guint min_units)
{
	GPtrArray *groups = groups_of(entries);
	guint built = 0;

	for (guint i = 0; i < groups->len && built < MAX_BUILDS; i++) {
		const struct pch_group *g = groups->pdata[i];
		g_autofree char *directory = g_build_filename(c->directory, g->signature.base, NULL);
		struct pch *have[PCH_N_WIDTHS];

		if (g->files->len < MAX(min_units, 1))
			break;
		best_for(c, &g->signature, have);
		if (is_served(have, g))
			continue;
		built++;
		if (pch_build(directory, g))
			g_hash_table_remove(c->bases, g->signature.base); /* read anew at the next look */
	}
	if (built)
		remove_old(c);
	g_ptr_array_free(groups, TRUE);
}
