/* The helper frees on failure, its caller does too. */
#include <linux/slab.h>

int send(const u8 *msg);

static int send_and_free(u8 *msg)
{
	int ret = send(msg);

	kfree(msg);
	return ret;
}

int callee_bad(void)
{
	u8 *msg = kmalloc(8, GFP_KERNEL);
	int ret;

	if (!msg)
		return -ENOMEM;
	ret = send_and_free(msg);
	if (ret)
		kfree(msg); /* expect: free/double memory */
	return ret;
}

int callee_ok(void)
{
	u8 *msg = kmalloc(8, GFP_KERNEL);

	if (!msg)
		return -ENOMEM;
	return send_and_free(msg);
}
