/* What is new, gone and the same between two finished lists, by fingerprint. */
#include "finding/finding.h"

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
