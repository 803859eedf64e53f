/* That an unknown function has seen the memory does not change how it must be freed. */
#include <linux/slab.h>
#include <linux/vmalloc.h>

void fill(void *p);

void used_bad(void)
{
	void *p = vmalloc(8192);

	if (!p)
		return;
	fill(p);
	kfree(p); /* expect: free/mismatch memory */
}

void used_ok(void)
{
	void *p = vmalloc(8192);

	if (!p)
		return;
	fill(p);
	vfree(p);
}
