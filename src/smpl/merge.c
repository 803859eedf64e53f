/* The engine and the semantic patches see some faults both; a reader should see them once. */
#include "smpl/smpl.h"

#include <string.h>

/* "leak" of "leak/loop": on one and the same line these tell the same fault, seen in two ways. */
static bool same_group(const char *a, const char *b)
{
	size_t n = strcspn(a, "/");

	return strncmp(a, b, n) == 0 && b[n] == a[n];
}

static bool same(const struct finding *a, const struct finding *b)
{
	if (strcmp(a->file, b->file) != 0)
		return false;
	if (a->line == b->line)
		return same_group(a->rule, b->rule);
	return strcmp(a->rule, b->rule) == 0 && a->function && *a->function && g_strcmp0(a->function, b->function) == 0;
}

/* Numbers + 1 of the findings in `l` by file. */
static GHashTable *index_by_file(const struct finding_list *l)
{
	GHashTable *t = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);

	for (unsigned int i = 0; i < l->all.n; i++) {
		GArray *of_file = g_hash_table_lookup(t, l->all.v[i].file);

		if (!of_file) {
			of_file = g_array_new(FALSE, FALSE, sizeof(i));
			g_hash_table_insert(t, (void *)l->all.v[i].file, of_file);
		}
		g_array_append_val(of_file, i);
	}
	return t;
}

unsigned int smpl_merge(struct finding_list *into, const struct finding_list *from)
{
	g_autoptr(GHashTable) known = index_by_file(into);
	unsigned int dropped = 0;

	for (unsigned int i = 0; i < from->all.n; i++) {
		const struct finding *f = &from->all.v[i];
		const GArray *of_file = g_hash_table_lookup(known, f->file);
		bool found = false;

		for (unsigned int j = 0; of_file && j < of_file->len && !found; j++)
			found = same(&into->all.v[g_array_index(of_file, unsigned int, j)], f);
		if (found)
			dropped++;
		else
			finding_list_add(into, f);
	}
	return dropped;
}
