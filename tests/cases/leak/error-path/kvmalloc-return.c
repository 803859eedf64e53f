#include <linux/slab.h>

int load(const void *from, size_t n);

int big_bad(size_t n)
{
	void *p = kvmalloc(n, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (load(p, n))
		return -EIO; /* expect: leak/error-path memory */
	kvfree(p);
	return 0;
}

int big_ok(size_t n)
{
	void *p = kvzalloc(n, GFP_KERNEL);
	int ret = 0;

	if (!p)
		return -ENOMEM;
	if (load(p, n))
		ret = -EIO;
	kvfree(p);
	return ret;
}
