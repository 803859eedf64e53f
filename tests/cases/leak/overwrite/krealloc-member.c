/* The same with the pointer in a structure. */
#include <linux/slab.h>

struct table {
	u32 *v;
	size_t n;
};

int append_bad(struct table *t, u32 val)
{
	t->v = krealloc(t->v, 4 * t->n + 4, GFP_KERNEL); /* expect: leak/overwrite memory */
	if (!t->v)
		return -ENOMEM;
	t->v[t->n++] = val;
	return 0;
}

int append_ok(struct table *t, u32 val)
{
	u32 *v = krealloc(t->v, 4 * t->n + 4, GFP_KERNEL);

	if (!v)
		return -ENOMEM;
	t->v = v;
	t->v[t->n++] = val;
	return 0;
}
