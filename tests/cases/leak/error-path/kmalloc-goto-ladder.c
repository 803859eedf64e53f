/* One goto of a ladder names a label too far down. */
#include <linux/slab.h>

int use_both(u8 *a, u8 *b);

int ladder_bad(void)
{
	u8 *a, *b;
	int ret = -ENOMEM;

	a = kmalloc(8, GFP_KERNEL);
	if (!a)
		return -ENOMEM;
	b = kmalloc(8, GFP_KERNEL);
	if (!b)
		goto err_none;
	ret = use_both(a, b);
	kfree(b);
	kfree(a);
err_none:
	return ret; /* expect: leak/error-path memory */
}

int ladder_ok(void)
{
	u8 *a, *b;
	int ret = -ENOMEM;

	a = kmalloc(8, GFP_KERNEL);
	if (!a)
		return -ENOMEM;
	b = kmalloc(8, GFP_KERNEL);
	if (!b)
		goto err_a;
	ret = use_both(a, b);
	kfree(b);
err_a:
	kfree(a);
	return ret;
}
