/* Nothing to do is no error, but the buffer has been taken already. */
#include <linux/slab.h>

int send(const u8 *msg, int n);

int nothing_bad(int n)
{
	u8 *msg = kzalloc(64, GFP_KERNEL);
	int ret;

	if (!msg)
		return -ENOMEM;
	if (n == 0)
		return 0; /* expect: leak/early-return memory */
	ret = send(msg, n);
	kfree(msg);
	return ret;
}

int nothing_ok(int n)
{
	u8 *msg;
	int ret;

	if (n == 0)
		return 0;
	msg = kzalloc(64, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	ret = send(msg, n);
	kfree(msg);
	return ret;
}
