/* Setting the pointer to NULL, or remembering it in a flag, makes the second free harmless. */
#include <linux/slab.h>

int step(const u8 *p);

int guard_bad(void)
{
	u8 *p = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = step(p);
	if (ret < 0)
		kfree(p);
	if (ret != 1)
		kfree(p); /* expect: free/double memory */
	else
		kfree(p);
	return ret;
}

int null_ok(void)
{
	u8 *p = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = step(p);
	if (ret < 0) {
		kfree(p);
		p = NULL;
	}
	kfree(p);
	return ret;
}

int flag_ok(void)
{
	u8 *p = kzalloc(8, GFP_KERNEL);
	bool freed = false;
	int ret;

	if (!p)
		return -ENOMEM;
	ret = step(p);
	if (ret < 0) {
		kfree(p);
		freed = true;
	}
	if (!freed)
		kfree(p);
	return ret;
}
