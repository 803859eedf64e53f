/* kvmalloc() may have taken the memory from either side. */
#include <linux/slab.h>

int use(const void *p);

int kv_bad(size_t n)
{
	void *p = kvmalloc(n, GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = use(p);
	kfree(p); /* expect: free/mismatch memory */
	return ret;
}

int kv_ok(size_t n)
{
	void *p = kvcalloc(n, 4, GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = use(p);
	kvfree(p);
	return ret;
}
