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

/* The next suspend runs all the same, but it disables both, whichever have been enabled. */
static int system_resume_bad(struct device *dev)
{
	struct chip *c = dev_get_drvdata(dev);
	int ret = clk_prepare_enable(c->bus);

	if (ret)
		return ret;
	return clk_prepare_enable(c->core); /* expect: leak/error-path clk */
}

/* Here it finds what it expects. */
static int system_resume_ok(struct device *dev)
{
	struct chip *c = dev_get_drvdata(dev);

	clk_prepare_enable(c->bus);
	return 0;
}

static int suspend_one(struct device *dev)
{
	struct chip *c = dev_get_drvdata(dev);

	clk_disable_unprepare(c->bus);
	return 0;
}

const struct dev_pm_ops ops_bad = {.runtime_resume = resume_bad, .runtime_suspend = suspend_any};
const struct dev_pm_ops ops_ok = {
	.runtime_resume = resume_ok,
	.runtime_suspend = suspend_any,
	.resume = system_resume_ok,
	.suspend = suspend_one,
};
const struct dev_pm_ops ops_system = {.resume = system_resume_bad, .suspend = suspend_any};
