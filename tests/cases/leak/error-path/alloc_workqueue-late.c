#include <linux/errno.h>
#include <linux/workqueue.h>

struct chip {
	struct workqueue_struct *wq;
};

int start(struct chip *c);

int wq_bad(struct chip *c)
{
	c->wq = alloc_workqueue("chip", 0, 0);
	if (!c->wq)
		return -ENOMEM;
	if (start(c) < 0)
		return -EIO; /* expect: leak/error-path workqueue_timer */
	return 0;
}

int wq_ok(struct chip *c)
{
	c->wq = alloc_workqueue("chip", 0, 0);
	if (!c->wq)
		return -ENOMEM;
	if (start(c) < 0) {
		destroy_workqueue(c->wq);
		return -EIO;
	}
	return 0;
}
