/* What the structure's other users could stop is still this function's to give back when it fails. */
#include <linux/errno.h>
#include <linux/workqueue.h>

struct chip {
	struct workqueue_struct *wq;
};

int start(int mode);

int wq_bad(struct chip *c)
{
	c->wq = alloc_workqueue("chip", 0, 0);
	if (!c->wq)
		return -ENOMEM;
	if (start(1) < 0)
		return -EIO; /* expect: leak/error-path workqueue */
	if (start(2) < 0) {
		destroy_workqueue(c->wq);
		return -EIO;
	}
	return 0;
}

int wq_ok(struct chip *c)
{
	c->wq = alloc_workqueue("chip", 0, 0);
	if (!c->wq)
		return -ENOMEM;
	if (start(1) < 0) {
		destroy_workqueue(c->wq);
		return -EIO;
	}
	return 0;
}
