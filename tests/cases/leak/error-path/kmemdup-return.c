#include <linux/slab.h>

int send(const void *msg, size_t n);

int copy_bad(const void *src, size_t n)
{
	void *msg = kmemdup(src, n, GFP_KERNEL);
	int ret;

	if (!msg)
		return -ENOMEM;
	ret = send(msg, n);
	if (ret < 0)
		return ret; /* expect: leak/error-path memory */
	kfree(msg);
	return 0;
}

int copy_ok(const void *src, size_t n)
{
	void *msg = kmemdup(src, n, GFP_KERNEL);
	int ret;

	if (!msg)
		return -ENOMEM;
	ret = send(msg, n);
	kfree(msg);
	return ret;
}
