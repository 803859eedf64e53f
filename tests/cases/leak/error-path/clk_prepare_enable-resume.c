/*
 * After a failed resume the next suspend follows all the same: what is all there for it to give back stays. What is
 * only partly there does not.
 */
#include <linux/clk.h>
#include <linux/device.h>
#include <linux/platform_device.h>

struct chip {
	struct clk *core;
	struct clk *bus;
};

int chip_start(struct chip *c);

static int one_suspend(struct device *dev)
{
	struct chip *c = dev_get_drvdata(dev);

	clk_disable_unprepare(c->core);
	return 0;
}

static int one_resume_ok(struct device *dev)
{
	struct chip *c = dev_get_drvdata(dev);
	int ret = clk_prepare_enable(c->core);

	if (ret)
		return ret;
	ret = chip_start(c);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pm_ops one_ops = {.suspend = one_suspend, .resume = one_resume_ok};

static int two_suspend(struct device *dev)
{
	struct chip *c = dev_get_drvdata(dev);

	clk_disable_unprepare(c->bus);
	clk_disable_unprepare(c->core);
	return 0;
}

static int two_resume_bad(struct device *dev)
{
	struct chip *c = dev_get_drvdata(dev);
	int ret = clk_prepare_enable(c->core);

	if (ret)
		return ret;
	ret = clk_prepare_enable(c->bus);
	if (ret)
		return ret; /* expect: leak/error-path clk */
	return 0;
}

static const struct dev_pm_ops two_ops = {.suspend = two_suspend, .resume = two_resume_bad};

struct platform_driver drivers[] = {{.driver = {.pm = &one_ops}}, {.driver = {.pm = &two_ops}}};
