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

/* The same list, each of a group by itself, in the caller's arena. */
static struct finding_list apart(const struct finding_list *l, struct arena *a)
{
	struct finding_list copy = {.arena = a};

	for (unsigned int i = 0; i < l->all.n; i++)
		vec_push(a, &copy.all, l->all.v[i]);
	finding_list_ungroup(&copy);
	return copy;
}

static void diff_apart(const struct finding_list *before, const struct finding_list *after, struct finding_list *fresh,
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

void finding_list_diff(const struct finding_list *before, const struct finding_list *after, struct finding_list *fresh,
		       struct finding_list *gone, struct finding_list *same)
{
	struct finding_list *results[] = {fresh, gone, same};
	struct arena *scratch = arena_new();
	struct finding_list old = apart(before, scratch), now = apart(after, scratch);

	diff_apart(&old, &now, fresh, gone, same);
	for (size_t i = 0; i < G_N_ELEMENTS(results); i++)
		if (results[i])
			finding_list_group(results[i]);
	arena_free(scratch);
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

/* Where a finding stood before the change: its own line, and that of what it is about; 0 for one that was added. */
struct stood {
	unsigned int line, origin;
};

static unsigned int origin_of(const struct finding *f)
{
	const struct finding_event *e = finding_event_of_kind(f, "acquired");

	return e ? e->line : f->line;
}

static struct stood stood(const struct finding *f, unsigned int (*line_before)(void *, const char *, unsigned int),
			  void *ctx)
{
	const struct finding_event *e = finding_event_of_kind(f, "acquired");
	unsigned int line = line_before(ctx, f->file, f->line);

	return (struct stood){line, e ? line_before(ctx, e->file, e->line) : line};
}

/* Takes out an old one that stood there; `origin`: it must be about the same thing, too. */
static bool take_at(GPtrArray *list, struct stood at, bool origin)
{
	for (unsigned int i = 0; i < list->len; i++) {
		const struct finding *f = list->pdata[i];

		if (f->line == at.line && (!origin || origin_of(f) == at.origin)) {
			g_ptr_array_remove_index(list, i);
			return true;
		}
	}
	return false;
}

/* Takes away those for which there is an old one. */
static void match(GPtrArray *after, GPtrArray *before, bool origin,
		  unsigned int (*line_before)(void *, const char *, unsigned int), void *ctx)
{
	unsigned int kept = 0;

	for (unsigned int i = 0; i < after->len; i++)
		if (!take_at(before, stood(after->pdata[i], line_before, ctx), origin))
			after->pdata[kept++] = after->pdata[i];
	g_ptr_array_set_size(after, (int)kept);
}

/* So many more than before are new: first those on added lines, then those that no old one can be said to be. */
static void add_fresh(struct alike *a, unsigned int (*line_before)(void *ctx, const char *file, unsigned int line),
		      void *ctx, GHashTable *fresh)
{
	unsigned int more = a->after->len - a->before->len;
	g_autoptr(GPtrArray) rest = g_ptr_array_new();

	for (unsigned int i = 0; i < a->after->len; i++) {
		const struct finding *f = a->after->pdata[i];
		struct stood at = stood(f, line_before, ctx);

		if (more && (!a->before->len || !at.line || !at.origin)) {
			g_hash_table_add(fresh, (gpointer)f);
			more--;
		} else {
			g_ptr_array_add(rest, (gpointer)f);
		}
	}
	match(rest, a->before, true, line_before, ctx);
	match(rest, a->before, false, line_before, ctx);
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
	struct finding_list old = apart(before, scratch), now = apart(after, scratch);
	GHashTableIter it;
	gpointer group;

	for (unsigned int i = 0; i < old.all.n; i++)
		g_ptr_array_add(alike_of(groups, scratch, &old.all.v[i])->before, &old.all.v[i]);
	for (unsigned int i = 0; i < now.all.n; i++)
		g_ptr_array_add(alike_of(groups, scratch, &now.all.v[i])->after, &now.all.v[i]);
	g_hash_table_iter_init(&it, groups);
	while (g_hash_table_iter_next(&it, NULL, &group))
		if (((struct alike *)group)->after->len > ((struct alike *)group)->before->len)
			add_fresh(group, line_before, ctx, chosen);
	for (unsigned int i = 0; i < now.all.n; i++)
		if (g_hash_table_contains(chosen, &now.all.v[i]))
			finding_list_add(fresh, &now.all.v[i]);
	finding_list_group(fresh);
	g_hash_table_destroy(groups);
	g_hash_table_destroy(chosen);
	arena_free(scratch);
}
