/* The first of two is tested, the second is not. */
#include <linux/slab.h>

int two_bad(void)
{
	u8 *a = kmalloc(8, GFP_KERNEL), *b;

	if (!a)
		return -ENOMEM;
	b = kmalloc(8, GFP_KERNEL);
	b[0] = a[0]; /* expect: check/unchecked */
	kfree(b);
	kfree(a);
	return 0;
}

int two_ok(void)
{
	u8 *a = kmalloc(8, GFP_KERNEL), *b = kmalloc(8, GFP_KERNEL);

	if (a && b)
		b[0] = a[0];
	kfree(b);
	kfree(a);
	return 0;
}
