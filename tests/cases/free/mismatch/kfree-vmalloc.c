#include <linux/slab.h>
#include <linux/vmalloc.h>

void use(const void *p);

void kfree_bad(void)
{
	void *p = vmalloc(8192);

	if (!p)
		return;
	use(p);
	kfree(p); /* expect: free/mismatch memory */
}

void kfree_ok(void)
{
	void *p = vzalloc(8192);

	if (!p)
		return;
	use(p);
	kvfree(p);
}
