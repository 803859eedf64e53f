#include <linux/slab.h>

int mode_a(const u8 *buf);
int mode_b(const u8 *buf);

int switch_bad(int mode)
{
	u8 *buf = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	switch (mode) {
	case 0:
		ret = mode_a(buf);
		break;
	case 1:
		ret = mode_b(buf);
		break;
	default:
		return -EINVAL; /* expect: leak/error-path memory */
	}
	kfree(buf);
	return ret;
}

int switch_ok(int mode)
{
	u8 *buf = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	switch (mode) {
	case 0 ... 3:
		ret = mode_a(buf);
		break;
	default:
		ret = -EINVAL;
	}
	kfree(buf);
	return ret;
}
