/* One function takes down whatever has been set up, and has too many ways to do so for each to be remembered. */
#include <linux/errno.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct cache {
	struct task_struct *endio, *flush, *map, *bits, *names, *log;
	struct workqueue_struct *queue;
};

struct target {
	struct cache *private;
};

int loop(void *data);
int parse(struct cache *c, char **argv);

static void cache_free(struct target *t)
{
	struct cache *c = t->private;

	if (!c)
		return;
	if (c->endio)
		kthread_stop(c->endio);
	if (c->flush)
		kthread_stop(c->flush);
	if (c->map)
		kthread_stop(c->map);
	if (c->bits)
		kthread_stop(c->bits);
	if (c->names)
		kthread_stop(c->names);
	if (c->log)
		kthread_stop(c->log);
	if (c->queue)
		destroy_workqueue(c->queue);
	kfree(c);
}

int create_ok(struct target *t, char **argv)
{
	struct cache *c = kzalloc(sizeof(*c), GFP_KERNEL);
	int r;

	if (!c)
		return -ENOMEM;
	t->private = c;
	c->queue = alloc_workqueue("cache", 0, 1);
	if (!c->queue) {
		r = -ENOMEM;
		goto bad;
	}
	c->map = kthread_run(loop, c, "map");
	if (IS_ERR(c->map)) {
		r = PTR_ERR(c->map);
		c->map = NULL;
		goto bad;
	}
	c->endio = kthread_run(loop, c, "endio");
	if (IS_ERR(c->endio)) {
		r = PTR_ERR(c->endio);
		c->endio = NULL;
		goto bad;
	}
	r = parse(c, argv);
	if (r)
		goto bad;
	return 0;

bad:
	cache_free(t);
	return r;
}

int create_bad(struct target *t, char **argv)
{
	struct cache *c = kzalloc(sizeof(*c), GFP_KERNEL);
	struct workqueue_struct *queue;
	int r;

	if (!c)
		return -ENOMEM;
	t->private = c;
	queue = alloc_workqueue("cache", 0, 1);
	if (!queue) {
		r = -ENOMEM;
		goto bad;
	}
	r = parse(c, argv);
	if (r)
		goto bad;
	c->queue = queue;
	return 0;

bad:
	cache_free(t);
	return r; /* expect: leak/error-path workqueue */
}
