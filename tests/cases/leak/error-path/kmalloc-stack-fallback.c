/* A small buffer on the stack, a large one from the heap: told apart by comparing addresses. */
#include <linux/slab.h>

int send(const u8 *buf, size_t n);

int fallback_bad(size_t n)
{
	u8 small[16], *buf = small;
	int ret;

	if (n > sizeof(small)) {
		buf = kmalloc(n, GFP_KERNEL);
		if (!buf)
			return -ENOMEM;
	}
	ret = send(buf, n);
	if (ret < 0)
		return ret; /* expect: leak/error-path memory */
	if (buf != small)
		kfree(buf);
	return 0;
}

int fallback_ok(size_t n)
{
	u8 small[16], *buf = small;
	int ret;

	if (n > sizeof(small)) {
		buf = kmalloc(n, GFP_KERNEL);
		if (!buf)
			return -ENOMEM;
	}
	ret = send(buf, n);
	if (buf != small)
		kfree(buf);
	return ret;
}
