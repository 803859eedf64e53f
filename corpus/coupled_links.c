/*
 * Two devices, one of which must not go before the other: a device link says so. The driver core ends a link when the
 * consumer is unbound if it was asked to; a stateless one is the driver's to end, after a failure as well.
 */
#include <linux/device.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct coupled {
	struct device_link *power;
	struct device_link *clock;
	u32 *state;
};

static int coupled_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct coupled *c;

	c = devm_kzalloc(dev, sizeof(*c), GFP_KERNEL);
	if (!c)
		return -ENOMEM;

	c->power = device_link_add(dev, dev->parent, DL_FLAG_STATELESS);
	if (!c->power)
		return -EINVAL;
	c->state = devm_kcalloc(dev, 8, sizeof(*c->state), GFP_KERNEL);
	if (!c->state)
		return -ENOMEM; /* expect: leak/error-path device link */
	platform_set_drvdata(pdev, c);
	return 0;
}

static void coupled_remove(struct platform_device *pdev)
{
	struct coupled *c = platform_get_drvdata(pdev);

	device_link_del(c->power);
}

static struct platform_driver coupled_driver = {
	.probe = coupled_probe,
	.remove = coupled_remove,
	.driver = {.name = "coupled"},
};
module_platform_driver(coupled_driver);

/* Ends one of its two links. */
static int twice_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct coupled *c;

	c = devm_kzalloc(dev, sizeof(*c), GFP_KERNEL);
	if (!c)
		return -ENOMEM;
	c->power = device_link_add(dev, dev->parent, DL_FLAG_STATELESS);
	if (!c->power)
		return -EINVAL;
	c->clock = device_link_add(dev, dev->parent->parent, DL_FLAG_AUTOREMOVE_CONSUMER);
	if (!c->clock) {
		device_link_del(c->power);
		return -EINVAL;
	}
	platform_set_drvdata(pdev, c);
	return 0;
}

static void twice_remove(struct platform_device *pdev)
{
	struct coupled *c = platform_get_drvdata(pdev);

	c->power = NULL;
} /* expect: leak/remove device link */

static struct platform_driver twice_driver = {
	.probe = twice_probe,
	.remove = twice_remove,
	.driver = {.name = "coupled-twice"},
};
module_platform_driver(twice_driver);

/* The right way: the core ends one, the driver the other, on every path. */
static int tidy_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct coupled *c;

	c = devm_kzalloc(dev, sizeof(*c), GFP_KERNEL);
	if (!c)
		return -ENOMEM;
	c->clock = device_link_add(dev, dev->parent->parent, DL_FLAG_AUTOREMOVE_CONSUMER);
	if (!c->clock)
		return -EINVAL;
	c->power = device_link_add(dev, dev->parent, DL_FLAG_STATELESS);
	if (!c->power)
		return -EINVAL;
	c->state = devm_kcalloc(dev, 8, sizeof(*c->state), GFP_KERNEL);
	if (!c->state) {
		device_link_del(c->power);
		return -ENOMEM;
	}
	platform_set_drvdata(pdev, c);
	return 0;
}

static void tidy_remove(struct platform_device *pdev)
{
	struct coupled *c = platform_get_drvdata(pdev);

	device_link_del(c->power);
}

static struct platform_driver tidy_driver = {
	.probe = tidy_probe,
	.remove = tidy_remove,
	.driver = {.name = "coupled-tidy"},
};
module_platform_driver(tidy_driver);

MODULE_LICENSE("GPL");
