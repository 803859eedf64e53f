/* A driver's function gets the object, and fails: what hangs in the object is still the caller's to give back. */
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct ibi {
	struct workqueue_struct *wq;
};

struct bus;
struct dev {
	struct ibi *ibi;
	struct bus *bus;
};

struct bus {
	int (*request)(struct dev *d);
};

int request_bad(struct dev *d)
{
	struct ibi *ibi = kzalloc(sizeof(*ibi), GFP_KERNEL);
	int ret;

	if (!ibi)
		return -ENOMEM;
	ibi->wq = alloc_workqueue("ibi", 0, 0);
	if (!ibi->wq) {
		kfree(ibi);
		return -ENOMEM;
	}
	d->ibi = ibi;
	ret = d->bus->request(d);
	if (ret) {
		d->ibi = NULL;
		kfree(ibi);
		return ret; /* expect: leak/error-path workqueue */
	}
	return 0;
}

int request_ok(struct dev *d)
{
	struct ibi *ibi = kzalloc(sizeof(*ibi), GFP_KERNEL);
	int ret;

	if (!ibi)
		return -ENOMEM;
	ibi->wq = alloc_workqueue("ibi", 0, 0);
	if (!ibi->wq) {
		kfree(ibi);
		return -ENOMEM;
	}
	d->ibi = ibi;
	ret = d->bus->request(d);
	if (ret) {
		d->ibi = NULL;
		destroy_workqueue(ibi->wq);
		kfree(ibi);
		return ret;
	}
	return 0;
}
