#include <linux/errno.h>
#include <linux/vmalloc.h>

int step(const void *p);

int vfree_bad(void)
{
	void *p = vmalloc(4096);
	int ret = 0;

	if (!p)
		return -ENOMEM;
	if (step(p) < 0) {
		ret = -EIO;
		vfree(p);
	}
	vfree(p); /* expect: free/double memory */
	return ret;
}

int vfree_ok(void)
{
	void *p = vmalloc(4096);
	int ret = 0;

	if (!p)
		return -ENOMEM;
	if (step(p) < 0)
		ret = -EIO;
	vfree(p);
	return ret;
}
