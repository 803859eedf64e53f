/* An error path frees by hand and then falls into the ladder that frees again. */
#include <linux/slab.h>

int step(const u8 *p);

int ladder_bad(void)
{
	u8 *p = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = step(p);
	if (ret) {
		kfree(p);
		goto err;
	}
	kfree(p);
	return 0;
err:
	kfree(p); /* expect: free/double memory */
	return ret;
}

int ladder_ok(void)
{
	u8 *p = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = step(p);
	if (ret)
		goto err;
	kfree(p);
	return 0;
err:
	kfree(p);
	return ret;
}
