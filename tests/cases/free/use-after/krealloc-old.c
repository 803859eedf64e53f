/* The old pointer is gone once krealloc() has succeeded. */
#include <linux/slab.h>

int realloc_bad(u8 *p)
{
	u8 *q = krealloc(p, 64, GFP_KERNEL);
	int first;

	if (!q)
		return -ENOMEM;
	first = p[0]; /* expect: free/use-after memory */
	kfree(q);
	return first;
}

int realloc_ok(u8 *p)
{
	u8 *q = krealloc(p, 64, GFP_KERNEL);
	int first;

	if (!q)
		return -ENOMEM;
	first = q[0];
	kfree(q);
	return first;
}
