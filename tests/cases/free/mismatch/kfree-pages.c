#include <linux/gfp.h>
#include <linux/slab.h>

int use(const void *p);

int pages_bad(void)
{
	void *p = (void *)__get_free_page(GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = use(p);
	kfree(p); /* expect: free/mismatch pages */
	return ret;
}

int pages_ok(void)
{
	void *p = (void *)__get_free_page(GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = use(p);
	free_page((unsigned long)p);
	return ret;
}
