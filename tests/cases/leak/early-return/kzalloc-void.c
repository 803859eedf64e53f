/* A function without a result. */
#include <linux/slab.h>

void show(const u8 *text);

void void_bad(int n)
{
	u8 *text = kmalloc(64, GFP_KERNEL);

	if (!text)
		return;
	if (n > 10)
		return; /* expect: leak/early-return memory */
	show(text);
	kfree(text);
}

void void_ok(int n)
{
	u8 *text = kmalloc(64, GFP_KERNEL);

	if (!text)
		return;
	if (n <= 10)
		show(text);
	kfree(text);
}
