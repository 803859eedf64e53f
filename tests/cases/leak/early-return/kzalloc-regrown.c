/* After many rounds nobody knows whether the variable still points to what was taken first, though it stands
 * elsewhere as well: low confidence. */
#include <linux/err.h>
#include <linux/slab.h>

struct table {
	int n;
	struct table *begin;
	void *entry[4];
};

void *table_entry(int i);
int table_full(struct table *t);

struct table *table_ok(int n)
{
	struct table *t = kzalloc(sizeof(*t), GFP_KERNEL), *bigger;

	if (!t)
		return NULL;
	t->begin = t;
	for (t->n = 0; t->n < n; t->n++) {
		t->entry[t->n] = table_entry(t->n);
		if (table_full(t)) {
			bigger = krealloc(t, 2 * sizeof(*t), GFP_KERNEL);
			if (!bigger) {
				kfree(t);
				return NULL; /* expect: leak/error-path memory (low) */
			}
			t = bigger;
			t->begin = t;
		}
	}
	return t; /* expect: leak/early-return memory (low) */
}
