/* What hangs in a static variable of the file can be given back by the file's functions only. */
#include <linux/clk.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/of.h>

static struct device_node *parent;
static struct clk *clock;

int start(struct device *dev);

int configure_bad(struct device *dev)
{
	clock = clk_get(dev, NULL);
	if (IS_ERR(clock))
		return PTR_ERR(clock);
	return start(dev) ? -EIO : 0; /* expect: leak/error-path clk */
}

/* Here another function does. */
int adopt_ok(struct device *dev)
{
	parent = of_get_parent(dev->of_node);
	if (!parent)
		return -ENODEV;
	return start(dev) ? -EIO : 0;
}

void drop_ok(void)
{
	of_node_put(parent);
}
