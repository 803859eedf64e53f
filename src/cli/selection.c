#include "cli/selection.h"

#include "cli/commands.h"
#include "scan/tree.h"
#include "scan/users.h"

#include <stdlib.h>
#include <string.h>

/* Of those that include a header some are not compiled: so many times as many are asked for as are wanted. */
enum { USERS_FACTOR = 10, NAMED = 5 };

struct making {
	struct selection *s;
	const struct selection_setup *setup;
	GPtrArray *below; /* char *: paths that the user named, absolute */
	GPtrArray *paths; /* char *: what commands are wanted for */
	GHashTable *rank; /* path of one that includes a header -> its place, from 1 */
};

static gboolean is_below(const struct making *m, const char *path)
{
	for (guint i = 0; i < m->below->len; i++) {
		const char *p = m->below->pdata[i];
		size_t n = strlen(p);

		if (strncmp(path, p, n) == 0 && (path[n] == '/' || !path[n]))
			return TRUE;
	}
	return m->below->len == 0;
}

static void add_path(struct making *m, const char *path)
{
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		say("%s: not analysed: it is not in the work tree", path);
	else
		g_ptr_array_add(m->paths, g_strdup(path));
}

/* The sources of the change, then those that include a header of it. */
static void add_change(struct making *m)
{
	const struct change *c = m->s->change;
	g_autoptr(GPtrArray) headers = g_ptr_array_new(), users = NULL;
	guint most = (guint)m->setup->options->header_units * USERS_FACTOR, kept = 0;

	for (guint i = 0; i < c->files->len; i++) {
		struct changed_file *f = c->files->pdata[i];

		if (f->kind != CHANGE_TOUCHED)
			continue;
		if (change_is_source(f->path) && is_below(m, f->path))
			add_path(m, f->path);
		else if (!change_is_source(f->path) && f->before)
			g_ptr_array_add(headers, f);
	}
	if (!headers->len || !most)
		return;
	users = users_find(c, m->setup->store, headers);
	for (guint i = 0; i < users->len && kept < most; i++) {
		const char *path = users->pdata[i];
		const struct changed_file *f = change_file(c, path);

		if (!is_below(m, path) || (f && f->kind == CHANGE_TOUCHED) || !g_file_test(path, G_FILE_TEST_EXISTS))
			continue;
		g_ptr_array_add(m->paths, g_strdup(path));
		g_hash_table_insert(m->rank, m->paths->pdata[m->paths->len - 1], GUINT_TO_POINTER(++kept));
	}
}

/* --- too many --- */

static guint rank_of(const struct making *m, const struct cdb_entry *e)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(m->rank, e->file));
}

static int compare_ranks(const void *x, const void *y)
{
	const guint *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

/* Keeps only the nearest of those that are there because of a header. */
static void limit_users(struct making *m)
{
	GPtrArray *entries = m->s->units->entries;
	g_autofree guint *ranks = g_new0(guint, entries->len + 1);
	guint most = (guint)m->setup->options->header_units, n = 0, kept = 0;

	for (guint i = 0; i < entries->len; i++)
		if (rank_of(m, entries->pdata[i]))
			ranks[n++] = rank_of(m, entries->pdata[i]);
	if (n <= most)
		return;
	qsort(ranks, n, sizeof(*ranks), compare_ranks);
	for (guint i = 0; i < entries->len; i++)
		if (rank_of(m, entries->pdata[i]) <= (most ? ranks[most - 1] : 0))
			entries->pdata[kept++] = entries->pdata[i];
	g_ptr_array_set_size(entries, (gint)kept);
	say("%u units and maybe more that include a changed header are not analysed (--header-units)", n - most);
}

/* What nobody compiles cannot be judged; that a header's user is none of this configuration's is nobody's concern. */
static void tell_without(struct making *m)
{
	GPtrArray *without = m->s->units->without;
	guint n = 0;

	for (guint i = 0; i < without->len; i++) {
		const char *file = without->pdata[i];

		if (!g_hash_table_contains(m->rank, file) && n++ < NAMED)
			say("%s: not analysed: nothing compiles this file in this configuration", file);
	}
	if (n > NAMED)
		say("%u more changed files are not analysed: nothing compiles them", n - NAMED);
	g_ptr_array_set_size(without, 0);
}

/* --- making it --- */

static gboolean select_change(struct making *m, GError **err)
{
	const struct scan_options *o = m->setup->options;
	struct units_options opt = {m->setup->root, o->compile_commands, NULL, o->flags, o->jobs, m->setup->stop};

	for (char **p = o->paths; p && *p; p++)
		g_ptr_array_add(m->below, tree_resolve(m->setup->root, *p));
	m->s->change = change_open(m->setup->names_root, o->staged ? NULL : o->diff, m->setup->stop, err);
	if (!m->s->change)
		return FALSE;
	add_change(m);
	if (m->paths->len == 0) {
		m->s->units = units_none();
		return TRUE;
	}
	g_ptr_array_add(m->paths, NULL);
	opt.paths = (char **)m->paths->pdata;
	m->s->units = units_select(&opt, err);
	if (!m->s->units)
		return FALSE;
	limit_users(m);
	tell_without(m);
	return TRUE;
}

/* Every N-th, so that the parts take about as long. */
static void keep_shard(struct units *u, const struct scan_options *o)
{
	GPtrArray *lists[] = {u->entries, u->without};

	for (guint l = 0; o->shards && l < G_N_ELEMENTS(lists); l++) {
		guint kept = 0, n = lists[l]->len;

		for (guint i = 0; i < n; i++) {
			gpointer p = lists[l]->pdata[i];

			if (i % o->shards == o->shard_n - 1) {
				lists[l]->pdata[i] = lists[l]->pdata[kept];
				lists[l]->pdata[kept++] = p;
			}
		}
		g_ptr_array_set_size(lists[l], (gint)kept);
	}
}

gboolean selection_make(struct selection *s, const struct selection_setup *setup, GError **err)
{
	const struct scan_options *o = setup->options;
	struct making m = {.s = s, .setup = setup};
	gboolean ok;

	*s = (struct selection){0};
	if (!o->diff && !o->staged) {
		const struct units_options opt = {setup->root, o->compile_commands, o->paths, o->flags,
						  o->jobs,     setup->stop};

		s->units = units_select(&opt, err);
		if (s->units)
			keep_shard(s->units, o);
		return s->units != NULL;
	}
	m.below = g_ptr_array_new_with_free_func(g_free);
	m.paths = g_ptr_array_new_with_free_func(g_free);
	m.rank = g_hash_table_new(g_str_hash, g_str_equal);
	ok = select_change(&m, err);
	g_hash_table_unref(m.rank);
	g_ptr_array_unref(m.paths);
	g_ptr_array_unref(m.below);
	return ok;
}

static gboolean holds_any(const GPtrArray *entries, const char *root)
{
	size_t n = strlen(root);

	for (guint i = 0; i < entries->len; i++) {
		const struct cdb_entry *e = entries->pdata[i];

		if (strncmp(e->file, root, n) == 0 && e->file[n] == '/')
			return TRUE;
	}
	return FALSE;
}

char *selection_root(const struct selection *s, const char *root)
{
	g_autofree char *plain = g_strdup(root);
	char *real;

	if (holds_any(s->units->entries, root))
		return g_steal_pointer(&plain);
	real = realpath(root, NULL);
	if (real && holds_any(s->units->entries, real)) {
		g_free(plain);
		plain = g_strdup(real);
	}
	free(real);
	return g_steal_pointer(&plain);
}

void selection_clear(struct selection *s)
{
	units_free(s->units);
	change_free(s->change);
}

/* --- using it --- */

static enum selection_part part_of(const struct selection *s, const struct changed_file *f)
{
	return !s->change || (f && f->kind == CHANGE_TOUCHED) ? SELECTION_TOUCHED : SELECTION_USERS;
}

guint selection_units(const struct selection *s, struct arena *a, enum selection_part part, GHashTable *before,
		      struct scan_unit **units)
{
	const GPtrArray *entries = s->units->entries;
	guint n = 0;

	*units = ARENA_ARRAY(a, struct scan_unit, entries->len);
	for (guint i = 0; i < entries->len; i++) {
		const struct cdb_entry *e = entries->pdata[i];
		const struct changed_file *f = s->change ? change_file(s->change, e->file) : NULL;

		if (part_of(s, f) != part || (before && !g_hash_table_contains(before, e->file)))
			continue;
		if (!before)
			(*units)[n++] = (struct scan_unit){.entry = e, .contents = f ? f->now : NULL};
		else if (!f || f->before)
			(*units)[n++] = (struct scan_unit){.entry = e, .contents = f ? f->before : NULL};
	}
	return n;
}
