/* krealloc() failing returns NULL and leaves the old block alone: assigning its result loses it. */
#include <linux/slab.h>

int grow_bad(void)
{
	u8 *p = kmalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p = krealloc(p, 32, GFP_KERNEL); /* expect: leak/overwrite memory */
	if (!p)
		return -ENOMEM;
	kfree(p);
	return 0;
}

int grow_ok(void)
{
	u8 *p = kmalloc(16, GFP_KERNEL), *q;

	if (!p)
		return -ENOMEM;
	q = krealloc(p, 32, GFP_KERNEL);
	if (!q) {
		kfree(p);
		return -ENOMEM;
	}
	kfree(q);
	return 0;
}
