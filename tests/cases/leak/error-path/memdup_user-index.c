/* A counter that starts at 0 and only goes up is no error code. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

struct ep {
	void *desc;
	int addr;
};

struct dev {
	struct ep eps[8];
	int n, step;
};

int enable_ok(struct dev *d, const void *from)
{
	void *desc = kmemdup(from, 16, GFP_KERNEL);
	int i;

	if (!desc)
		return -ENOMEM;
	for (i = 0; i < d->n; i++) {
		if (d->eps[i].addr)
			continue;
		d->eps[i].desc = desc;
		return i;
	}
	kfree(desc);
	return -EBUSY;
}

int enable_bad(struct dev *d, const void *from)
{
	void *desc = kmemdup(from, 16, GFP_KERNEL);
	int i;

	if (!desc)
		return -ENOMEM;
	for (i = 0; i < d->n; i++) {
		if (d->eps[i].addr < 0)
			return -EINVAL; /* expect: leak/error-path memory */
		if (d->eps[i].addr)
			continue;
		d->eps[i].desc = desc;
		return i;
	}
	kfree(desc);
	return -EBUSY;
}
