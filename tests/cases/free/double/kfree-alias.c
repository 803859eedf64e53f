/* Two names for one block. */
#include <linux/slab.h>

struct view {
	u8 *base, *data;
};

int alias_bad(int copy)
{
	struct view v;

	v.base = kmalloc(64, GFP_KERNEL);
	if (!v.base)
		return -ENOMEM;
	v.data = v.base;
	kfree(v.data);
	kfree(v.base); /* expect: free/double memory */
	return 0;
}

int alias_ok(int copy)
{
	struct view v;

	v.base = kmalloc(64, GFP_KERNEL);
	if (!v.base)
		return -ENOMEM;
	v.data = copy ? kmemdup(v.base, 64, GFP_KERNEL) : v.base;
	if (v.data != v.base)
		kfree(v.data);
	kfree(v.base);
	return 0;
}
