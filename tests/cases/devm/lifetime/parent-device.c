/* What the parent's managed resources hold stays when the driver is unbound. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

static int probe_bad(struct platform_device *pdev)
{
	void *state = devm_kzalloc(pdev->dev.parent, 16, GFP_KERNEL); /* expect: devm/lifetime memory */

	if (!state)
		return -ENOMEM;
	platform_set_drvdata(pdev, state);
	return 0;
}

struct platform_driver driver_bad = {.probe = probe_bad};

/* The same by way of a helper, which says it once. */
static struct device *above(struct platform_device *pdev)
{
	return pdev->dev.parent;
}

static int probe_helper_bad(struct platform_device *pdev)
{
	struct device *dev = above(pdev);
	struct clk *clk = devm_clk_get(dev, NULL); /* expect: devm/lifetime clk */

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	return devm_kzalloc(dev, 16, GFP_KERNEL) ? 0 : -ENOMEM;
}

struct platform_driver driver_helper_bad = {.probe = probe_helper_bad};

static int probe_ok(struct platform_device *pdev)
{
	struct device *parent = pdev->dev.parent;
	void *state = devm_kzalloc(&pdev->dev, 16, GFP_KERNEL);

	if (!state)
		return -ENOMEM;
	platform_set_drvdata(pdev, dev_get_drvdata(parent));
	return 0;
}

struct platform_driver driver_ok = {.probe = probe_ok};
