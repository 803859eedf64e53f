/* Every round takes a buffer, only the last one is given back. */
#include <linux/slab.h>

int handle(const u8 *buf, int i);

int rounds_bad(int n)
{
	u8 *buf = NULL;
	int i;

	for (i = 0; i < n; i++) {
		buf = kmalloc(16, GFP_KERNEL); /* expect: leak/loop memory */
		if (!buf)
			return -ENOMEM;
		handle(buf, i);
	}
	kfree(buf);
	return 0;
}

int rounds_ok(int n)
{
	u8 *buf;
	int i;

	for (i = 0; i < n; i++) {
		buf = kmalloc(16, GFP_KERNEL);
		if (!buf)
			return -ENOMEM;
		handle(buf, i);
		kfree(buf);
	}
	return 0;
}
