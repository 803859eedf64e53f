/* The last put runs the release callback that was stored in the device, and that frees the memory around it. */
#include <linux/device.h>
#include <linux/slab.h>

struct widget {
	int id;
	struct device dev;
};

static void widget_release(struct device *dev)
{
	kfree(container_of(dev, struct widget, dev));
}

int widget_add_bad(struct device *parent)
{
	struct widget *w = kzalloc(sizeof(*w), GFP_KERNEL);
	int ret;

	if (!w)
		return -ENOMEM;
	w->dev.parent = parent;
	w->dev.release = widget_release;
	device_initialize(&w->dev);
	ret = device_add(&w->dev);
	if (ret) {
		put_device(&w->dev);
		return -w->id; /* expect: free/use-after memory */
	}
	return 0;
}

int widget_add_ok(struct device *parent)
{
	struct widget *w = kzalloc(sizeof(*w), GFP_KERNEL);
	int ret;

	if (!w)
		return -ENOMEM;
	w->dev.parent = parent;
	w->dev.release = widget_release;
	device_initialize(&w->dev);
	ret = device_add(&w->dev);
	if (ret)
		put_device(&w->dev);
	return ret;
}

int widget_add_twice_bad(struct device *parent)
{
	struct widget *w = kzalloc(sizeof(*w), GFP_KERNEL);
	int ret;

	if (!w)
		return -ENOMEM;
	w->dev.parent = parent;
	w->dev.release = widget_release;
	device_initialize(&w->dev);
	ret = device_add(&w->dev);
	if (ret) {
		put_device(&w->dev);
		kfree(w); /* expect: free/double memory */
	}
	return ret;
}
