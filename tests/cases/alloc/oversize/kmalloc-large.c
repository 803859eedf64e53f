/* Physically contiguous megabytes are hard to get once the machine has been up for a while. */
#include <linux/slab.h>

void *large_bad(void)
{
	return kmalloc(4 << 20, GFP_KERNEL); /* expect: alloc/oversize */
}

void *large_ok(void)
{
	return kvmalloc(4 << 20, GFP_KERNEL);
}

void *small_ok(void)
{
	return kmalloc(2048, GFP_KERNEL);
}
