/* A helper that hands its allocation out through a pointer, and only on success. */
#include <linux/slab.h>

int load(const u8 *buf);
int use(const u8 *buf);

static int get_buffer(u8 **out)
{
	u8 *buf = kmalloc(64, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = load(buf);
	if (ret) {
		kfree(buf);
		return ret;
	}
	*out = buf;
	return 0;
}

int out_bad(int mode)
{
	u8 *buf;
	int ret = get_buffer(&buf);

	if (ret)
		return ret;
	if (mode > 3)
		return -EINVAL; /* expect: leak/error-path memory */
	ret = use(buf);
	kfree(buf);
	return ret;
}

int out_ok(int mode)
{
	u8 *buf;
	int ret = get_buffer(&buf);

	if (ret)
		return ret;
	ret = mode > 3 ? -EINVAL : use(buf);
	kfree(buf);
	return ret;
}
