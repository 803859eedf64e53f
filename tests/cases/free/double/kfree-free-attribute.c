/* A variable with __free() must not be freed by hand as well. */
#include <linux/slab.h>

int step(const u8 *p);

int attribute_bad(void)
{
	u8 *p __free(kfree) = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = step(p);
	if (ret) {
		kfree(p);
		return ret; /* expect: free/double memory */ /* xfail-fn: told at the wrong place or not at all */
	}
	return 0;
}

int attribute_ok(void)
{
	u8 *p __free(kfree) = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = step(p);
	if (ret) {
		kfree(no_free_ptr(p));
		return ret;
	}
	return 0;
}
