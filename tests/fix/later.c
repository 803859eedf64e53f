/* What is used when it is gone. */
#include <linux/device.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

int fill(void *p);
void note(int id);

struct item {
	int id, size;
	void *next;
};

int behind(int mode)
{
	struct item *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (mode) {
		kfree(p);
		note(p->id);
		note(p->size);
		return -EINVAL;
	}
	kfree(p);
	return 0;
}

int in_return(void)
{
	struct item *p = kzalloc(sizeof(*p), GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = fill(p);
	if (ret) {
		kfree(p);
		return ret;
	}
	kfree(p);
	return p->size;
}

/* Moved behind the use, it would release another one. */
int changed(struct item *p)
{
	struct item *all = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!all)
		return -ENOMEM;
	kfree(all);
	all = all->next;
	return all == NULL;
}

struct unit {
	struct delayed_work poll;
	char *name;
	int state;
};

static void unit_poll(struct work_struct *work)
{
	struct unit *u = container_of(work, struct unit, poll.work);

	u->state++;
	schedule_delayed_work(&u->poll, 10);
}

static int unit_probe(struct platform_device *pdev)
{
	struct unit *u = kzalloc(sizeof(*u), GFP_KERNEL);

	if (!u)
		return -ENOMEM;
	INIT_DELAYED_WORK(&u->poll, unit_poll);
	platform_set_drvdata(pdev, u);
	schedule_delayed_work(&u->poll, 10);
	return 0;
}

static void unit_remove(struct platform_device *pdev)
{
	struct unit *u = platform_get_drvdata(pdev);

	kfree(u);
}

static struct platform_driver unit_driver = {
	.probe = unit_probe,
	.remove = unit_remove,
	.driver = {.name = "unit"},
};
module_platform_driver(unit_driver);

struct ring {
	struct item *pending;
	int full;
};

int ring_pending(struct ring *r)
{
	return r->pending ? r->pending->size : 0;
}

/* Others ask for the pointer. */
void ring_start(struct ring *r)
{
	struct item *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return;
	r->pending = p;
	if (r->full) {
		kfree(p);
		return;
	}
	p->size = 1;
}

struct queue {
	struct item *last;
	int full;
};

int queue_last(struct queue *q)
{
	return q->last->size;
}

/* Nobody would see that it is not there any more. */
void queue_start(struct queue *q)
{
	q->last = kzalloc(sizeof(*q->last), GFP_KERNEL);
	if (!q->last)
		return;
	if (q->full) {
		kfree(q->last);
		return;
	}
	q->last->size = 1;
}

struct pool {
	struct item *first;
	int used;
};

/* Not behind what it needs itself. */
void pool_end(struct pool *q)
{
	kfree(q->first);
	kfree(q);
	note(q->first->id);
}
