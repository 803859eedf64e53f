#include <linux/slab.h>

int fill(const u32 *v, int n);

int table_bad(int n)
{
	u32 *v = kcalloc(n, sizeof(*v), GFP_KERNEL);

	if (!v)
		return -ENOMEM;
	if (fill(v, n) < 0)
		return -EIO; /* expect: leak/error-path memory */
	kfree(v);
	return 0;
}

int table_ok(int n)
{
	u32 *v = kcalloc(n, sizeof(*v), GFP_KERNEL);
	int ret;

	if (!v)
		return -ENOMEM;
	ret = fill(v, n) < 0 ? -EIO : 0;
	kfree(v);
	return ret;
}
