/* The first of two clocks stays on when the second cannot be switched on: nobody above a callback undoes that. */
#include <linux/clk.h>
#include <linux/device.h>

struct chip {
	struct clk *bus, *core;
};

static int resume_bad(struct device *dev)
{
	struct chip *c = dev_get_drvdata(dev);
	int ret = clk_prepare_enable(c->bus);

	if (ret)
		return ret;
	return clk_prepare_enable(c->core); /* expect: leak/error-path clk */
}

static int resume_ok(struct device *dev)
{
	struct chip *c = dev_get_drvdata(dev);
	int ret = clk_prepare_enable(c->bus);

	if (ret)
		return ret;
	ret = clk_prepare_enable(c->core);
	if (ret)
		clk_disable_unprepare(c->bus);
	return ret;
}

static int suspend_any(struct device *dev)
{
	struct chip *c = dev_get_drvdata(dev);

	clk_disable_unprepare(c->core);
	clk_disable_unprepare(c->bus);
	return 0;
}

/* After a failed system resume the next suspend runs all the same. */
static int system_resume_ok(struct device *dev)
{
	struct chip *c = dev_get_drvdata(dev);
	int ret = clk_prepare_enable(c->bus);

	if (ret)
		return ret;
	return clk_prepare_enable(c->core);
}

const struct dev_pm_ops ops_bad = {.runtime_resume = resume_bad, .runtime_suspend = suspend_any};
const struct dev_pm_ops ops_ok = {
	.runtime_resume = resume_ok,
	.runtime_suspend = suspend_any,
	.resume = system_resume_ok,
	.suspend = suspend_any,
};
