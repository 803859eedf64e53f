/*
 * A watchdog with runtime power management. A failing pm_runtime_get_sync() keeps its count, and remove forgets to
 * switch runtime power management off.
 */
#include <linux/clk.h>
#include <linux/platform_device.h>
#include <linux/pm_runtime.h>
#include <linux/watchdog.h>

struct dog {
	struct watchdog_device wdd;
	void __iomem *regs;
	struct clk *clk;
};

static int dog_start(struct watchdog_device *wdd)
{
	struct dog *d = watchdog_get_drvdata(wdd);
	int ret;

	ret = pm_runtime_get_sync(d->wdd.parent);
	if (ret < 0)
		return ret; /* expect: leak/error-path runtime PM */
	writel(1, d->regs);
	return 0;
}

static int dog_stop(struct watchdog_device *wdd)
{
	struct dog *d = watchdog_get_drvdata(wdd);

	writel(0, d->regs);
	pm_runtime_put(d->wdd.parent);
	return 0;
}

static int dog_set_timeout(struct watchdog_device *wdd, unsigned int timeout)
{
	struct dog *d = watchdog_get_drvdata(wdd);
	int ret;

	ret = pm_runtime_resume_and_get(wdd->parent);
	if (ret)
		return ret;
	writel(timeout, d->regs + 4);
	wdd->timeout = timeout;
	pm_runtime_put(wdd->parent);
	return 0;
}

static const struct watchdog_ops dog_ops = {
	.owner = THIS_MODULE,
	.start = dog_start,
	.stop = dog_stop,
	.set_timeout = dog_set_timeout,
};

static const struct watchdog_info dog_info = {.identity = "dog"};

static int dog_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct dog *d;
	int ret;

	d = devm_kzalloc(dev, sizeof(*d), GFP_KERNEL);
	if (!d)
		return -ENOMEM;

	d->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(d->regs))
		return PTR_ERR(d->regs);

	d->clk = devm_clk_get_enabled(dev, NULL);
	if (IS_ERR(d->clk))
		return PTR_ERR(d->clk);

	pm_runtime_enable(dev);

	d->wdd.parent = dev;
	d->wdd.info = &dog_info;
	d->wdd.ops = &dog_ops;
	d->wdd.max_timeout = 60;
	watchdog_set_drvdata(&d->wdd, d);
	watchdog_init_timeout(&d->wdd, 30, dev);

	ret = devm_watchdog_register_device(dev, &d->wdd);
	if (ret) {
		pm_runtime_disable(dev);
		return ret;
	}
	platform_set_drvdata(pdev, d);
	return 0;
}

static void dog_remove(struct platform_device *pdev)
{
	struct dog *d = platform_get_drvdata(pdev);

	writel(0, d->regs);
} /* expect: leak/remove runtime PM */

static struct platform_driver dog_driver = {
	.probe = dog_probe,
	.remove = dog_remove,
	.driver = {.name = "dog"},
};
module_platform_driver(dog_driver);

MODULE_LICENSE("GPL");
