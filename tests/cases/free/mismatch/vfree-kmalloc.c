#include <linux/slab.h>
#include <linux/vmalloc.h>

void use(const void *p);

void vfree_bad(void)
{
	void *p = kmalloc(64, GFP_KERNEL);

	if (!p)
		return;
	use(p);
	vfree(p); /* expect: free/mismatch memory */
}

void vfree_ok(void)
{
	void *p = kmalloc(64, GFP_KERNEL);

	if (!p)
		return;
	use(p);
	kfree_sensitive(p);
}
