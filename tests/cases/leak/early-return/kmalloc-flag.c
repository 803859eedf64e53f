/* Whether there is something to free is known from a flag, not from the pointer. */
#include <linux/slab.h>

void work(const u8 *buf);

int flag_bad(u8 *given)
{
	bool mine = false;
	u8 *buf = given;

	if (!buf) {
		buf = kmalloc(64, GFP_KERNEL);
		if (!buf)
			return -ENOMEM;
	}
	work(buf);
	if (mine)
		kfree(buf);
	return 0; /* expect: leak/early-return memory */
}

int flag_ok(u8 *given)
{
	bool mine = false;
	u8 *buf = given;

	if (!buf) {
		buf = kmalloc(64, GFP_KERNEL);
		if (!buf)
			return -ENOMEM;
		mine = true;
	}
	work(buf);
	if (mine)
		kfree(buf);
	return 0;
}
