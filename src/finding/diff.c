/* What is new, gone and the same between two finished lists, by fingerprint. */
#include "finding/finding.h"
#include "finding/fingerprint.h"

#include <glib.h>

static GHashTable *index_by_fingerprint(const struct finding_list *l)
{
	GHashTable *t = g_hash_table_new(g_str_hash, g_str_equal);

	for (unsigned int i = 0; i < l->all.n; i++)
		g_hash_table_insert(t, (gpointer)l->all.v[i].fingerprint, &l->all.v[i]);
	return t;
}

void finding_list_diff(const struct finding_list *before, const struct finding_list *after, struct finding_list *fresh,
		       struct finding_list *gone, struct finding_list *same)
{
	GHashTable *old = index_by_fingerprint(before), *now = index_by_fingerprint(after);

	for (unsigned int i = 0; i < after->all.n; i++) {
		const struct finding *f = &after->all.v[i];
		struct finding_list *to = g_hash_table_contains(old, f->fingerprint) ? same : fresh;

		if (to)
			finding_list_add(to, f);
	}
	for (unsigned int i = 0; gone && i < before->all.n; i++)
		if (!g_hash_table_contains(now, before->all.v[i].fingerprint))
			finding_list_add(gone, &before->all.v[i]);
	g_hash_table_destroy(old);
	g_hash_table_destroy(now);
}

/* Findings alike, before and after: of one function, and one fingerprint but for the number at its end. */
struct alike {
	GPtrArray *before, *after;
};

static void alike_free(gpointer p)
{
	struct alike *a = p;

	g_ptr_array_unref(a->before);
	g_ptr_array_unref(a->after);
	g_free(a);
}

static struct alike *alike_of(GHashTable *groups, struct arena *arena, const struct finding *f)
{
	char *key = finding_identity(arena, f);
	struct alike *a = g_hash_table_lookup(groups, key);

	if (a)
		return a;
	a = g_new0(struct alike, 1);
	a->before = g_ptr_array_new();
	a->after = g_ptr_array_new();
	g_hash_table_insert(groups, key, a);
	return a;
}

static bool take_at(GPtrArray *list, unsigned int line)
{
	for (unsigned int i = 0; i < list->len; i++) {
		if (((const struct finding *)list->pdata[i])->line == line) {
			g_ptr_array_remove_index(list, i);
			return true;
		}
	}
	return false;
}

/* So many more than before are new: first those on added lines, then those that no old one can be said to be. */
static void add_fresh(struct alike *a, unsigned int (*line_before)(void *ctx, const char *file, unsigned int line),
		      void *ctx, GHashTable *fresh)
{
	unsigned int more = a->after->len - a->before->len;
	bool none_before = a->before->len == 0;
	g_autoptr(GPtrArray) rest = g_ptr_array_new();

	for (unsigned int i = 0; i < a->after->len; i++) {
		const struct finding *f = a->after->pdata[i];
		unsigned int line = none_before ? 0 : line_before(ctx, f->file, f->line);

		if (!line && more) {
			g_hash_table_add(fresh, (gpointer)f);
			more--;
		} else if (!take_at(a->before, line)) {
			g_ptr_array_add(rest, (gpointer)f);
		}
	}
	for (unsigned int i = 0; i < MIN(more, rest->len); i++)
		g_hash_table_add(fresh, rest->pdata[rest->len - 1 - i]);
}

void finding_list_subtract(const struct finding_list *before, const struct finding_list *after,
			   unsigned int (*line_before)(void *ctx, const char *file, unsigned int line), void *ctx,
			   struct finding_list *fresh)
{
	GHashTable *groups = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, alike_free);
	GHashTable *chosen = g_hash_table_new(NULL, NULL);
	struct arena *scratch = arena_new();
	GHashTableIter it;
	gpointer group;

	for (unsigned int i = 0; i < before->all.n; i++)
		g_ptr_array_add(alike_of(groups, scratch, &before->all.v[i])->before, &before->all.v[i]);
	for (unsigned int i = 0; i < after->all.n; i++)
		g_ptr_array_add(alike_of(groups, scratch, &after->all.v[i])->after, &after->all.v[i]);
	g_hash_table_iter_init(&it, groups);
	while (g_hash_table_iter_next(&it, NULL, &group))
		if (((struct alike *)group)->after->len > ((struct alike *)group)->before->len)
			add_fresh(group, line_before, ctx, chosen);
	for (unsigned int i = 0; i < after->all.n; i++)
		if (g_hash_table_contains(chosen, &after->all.v[i]))
			finding_list_add(fresh, &after->all.v[i]);
	g_hash_table_destroy(groups);
	g_hash_table_destroy(chosen);
	arena_free(scratch);
}
