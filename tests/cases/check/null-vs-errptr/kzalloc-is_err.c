/* It returns NULL, never an error pointer. */
#include <linux/slab.h>

u8 *alloc_bad(void)
{
	u8 *p = kzalloc(8, GFP_KERNEL);

	if (IS_ERR(p)) /* expect: check/null-vs-errptr */
		return NULL;
	return p;
}

u8 *alloc_ok(void)
{
	u8 *p = kzalloc(8, GFP_KERNEL);

	if (!p)
		return ERR_PTR(-ENOMEM);
	return p;
}
