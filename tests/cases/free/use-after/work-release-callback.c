/* The memory goes by the device's release callback, with the last reference: the work is to be stopped before that. */
#include <linux/device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct gadget {
	struct device dev;
	struct work_struct refill;
	int full;
};

static void refill_any(struct work_struct *work)
{
	container_of(work, struct gadget, refill)->full = 1;
}

static void gadget_release_any(struct device *dev)
{
	struct gadget *g = container_of(dev, struct gadget, dev);

	kfree(g);
}

struct gadget *gadget_start(struct device *parent)
{
	struct gadget *g = kzalloc(sizeof(*g), GFP_KERNEL);

	if (!g)
		return NULL;
	INIT_WORK(&g->refill, refill_any);
	g->dev.parent = parent;
	g->dev.release = gadget_release_any;
	device_initialize(&g->dev);
	return g;
}

void gadget_complete(struct gadget *g)
{
	schedule_work(&g->refill);
}

void gadget_exit_bad(struct gadget *g)
{
	device_del(&g->dev);
	put_device(&g->dev); /* expect: free/use-after work */
}
