/* kfree() does nothing for NULL. */
#include <linux/slab.h>

void test_bad(u8 *p)
{
	if (p) /* expect: check/redundant */
		kfree(p);
}

void test_ok(u8 *p)
{
	kfree(p);
}

void more_ok(u8 *p)
{
	if (p) {
		p[0] = 0;
		kfree(p);
	}
}
