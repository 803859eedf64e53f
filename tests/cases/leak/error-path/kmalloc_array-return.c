#include <linux/slab.h>

int fill(const u32 *v, int n);

u32 *array_bad(int n)
{
	u32 *v = kmalloc_array(n, sizeof(*v), GFP_KERNEL);
	int ret;

	if (!v)
		return ERR_PTR(-ENOMEM);
	ret = fill(v, n);
	if (ret)
		return ERR_PTR(ret); /* expect: leak/error-path memory */
	return v;
}

u32 *array_ok(int n)
{
	u32 *v = kmalloc_array(n, sizeof(*v), GFP_KERNEL);
	int ret;

	if (!v)
		return ERR_PTR(-ENOMEM);
	ret = fill(v, n);
	if (ret) {
		kfree(v);
		return ERR_PTR(ret);
	}
	return v;
}
