/* The only pointer to the first buffer is overwritten by the second. */
#include <linux/slab.h>

int use(const u8 *p);

int second_bad(int big)
{
	u8 *p = kzalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (big)
		p = kzalloc(64, GFP_KERNEL); /* expect: leak/overwrite memory */
	if (!p)
		return -ENOMEM;
	use(p);
	kfree(p);
	return 0;
}

int second_ok(int big)
{
	u8 *p = kzalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (big) {
		kfree(p);
		p = kzalloc(64, GFP_KERNEL);
		if (!p)
			return -ENOMEM;
	}
	use(p);
	kfree(p);
	return 0;
}
