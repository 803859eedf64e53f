/* What a switch has sent away is not there for the next one. */
#include <linux/errno.h>
#include <linux/slab.h>

int twice_ok(int kind, int n)
{
	void *buf;

	switch (kind) {
	case 1:
		n *= 2;
		break;
	case 2:
	case 3:
		n *= 4;
		break;
	default:
		return -EINVAL;
	}
	buf = kmalloc(n, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	switch (kind) {
	case 2:
	case 1:
	case 3:
		break;
	default:
		return -EINVAL;
	}
	kfree(buf);
	return 0;
}

int twice_bad(int kind, int n)
{
	void *buf;

	switch (kind) {
	case 1 ... 4:
		n *= 2;
		break;
	default:
		return -EINVAL;
	}
	buf = kmalloc(n, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	switch (kind) {
	case 2:
	case 1:
	case 3:
		break;
	default:
		return -EINVAL; /* expect: leak/error-path memory */
	}
	kfree(buf);
	return 0;
}
