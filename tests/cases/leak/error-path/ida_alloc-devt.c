/* A number that has become part of another one is taken out of it again for its release. */
#include <linux/errno.h>
#include <linux/idr.h>

struct dev {
	unsigned int devt;
};

int dev_add(struct dev *d);

int add_ok(struct ida *ida, struct dev *d, unsigned int major)
{
	int ret = ida_alloc(ida, GFP_KERNEL);

	if (ret < 0)
		return ret;
	d->devt = major << 20 | ret;
	ret = dev_add(d);
	if (ret)
		ida_free(ida, d->devt & 0xfffff);
	return ret;
}

int add_bad(struct ida *ida, struct dev *d, unsigned int major)
{
	int ret = ida_alloc(ida, GFP_KERNEL);

	if (ret < 0)
		return ret;
	if (major > 511)
		return -EINVAL; /* expect: leak/error-path ida */
	d->devt = major << 20 | ret;
	return 0;
}
