#include <linux/slab.h>

void *nofail_bad(void)
{
	return kmalloc(64, GFP_KERNEL | __GFP_NOFAIL); /* expect: gfp/nofail */
}

void *nofail_ok(void)
{
	return kmalloc(64, GFP_KERNEL | __GFP_RETRY_MAYFAIL);
}
