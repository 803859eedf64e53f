/* Work is flushed before its memory goes, both in a callee. */
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct widget {
	struct workqueue_struct *queue;
	struct work_struct work;
};

static void widget_end(struct widget *w)
{
	flush_workqueue(w->queue);
	kfree(w);
}

static void widget_drop(struct widget *w)
{
	kfree(w); /* expect: free/use-after */
}

static struct widget *widget_begin(struct workqueue_struct *queue)
{
	struct widget *w = kzalloc(sizeof(*w), GFP_KERNEL);

	if (!w)
		return NULL;
	w->queue = queue;
	queue_work(queue, &w->work);
	return w;
}

int flushed_ok(struct workqueue_struct *queue)
{
	struct widget *w = widget_begin(queue);

	if (!w)
		return -ENOMEM;
	widget_end(w);
	return 0;
}

int not_flushed_bad(struct workqueue_struct *queue)
{
	struct widget *w = widget_begin(queue);

	if (!w)
		return -ENOMEM;
	widget_drop(w);
	return 0;
}
