/* An unknown callee might keep its argument; that the buffer is freed after it elsewhere says that it does not. */
#include <linux/slab.h>

int load(u8 *buf, int n);

int freed_later_bad(int n)
{
	u8 *buf = kzalloc(64, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = load(buf, n);
	if (ret < 0)
		return ret; /* expect: leak/error-path memory */
	kfree(buf);
	return 0;
}

int freed_later_ok(int n)
{
	u8 *buf = kzalloc(64, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = load(buf, n);
	kfree(buf);
	return ret;
}

int kept_ok(int n)
{
	u8 *buf = kzalloc(64, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	return load(buf, n);
}
