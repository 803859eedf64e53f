/* After device_initialize(), which device_register() begins with, the last put runs the release callback. */
#include <linux/device.h>

struct node {
	struct device dev;
};

static void node_release(struct device *dev)
{
	kfree(container_of(dev, struct node, dev));
}

struct node *register_bad(void)
{
	struct node *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return NULL;
	n->dev.release = node_release;
	if (device_register(&n->dev)) {
		kfree(n); /* expect: free/mismatch device */
		return NULL;
	}
	return n;
}

struct node *register_ok(void)
{
	struct node *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return NULL;
	n->dev.release = node_release;
	if (device_register(&n->dev)) {
		put_device(&n->dev);
		return NULL;
	}
	return n;
}
