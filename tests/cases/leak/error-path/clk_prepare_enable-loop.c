/* Clocks in an array, switched on one after the other. */
#include <linux/clk.h>
#include <linux/device.h>

struct bank {
	struct clk *clk[3];
};

static int resume_bad(struct device *dev)
{
	struct bank *b = dev_get_drvdata(dev);
	int i, ret;

	for (i = 0; i < 3; i++) {
		ret = clk_prepare_enable(b->clk[i]);
		if (ret)
			return ret; /* expect: leak/error-path clk */ /* xfail-fn: counts taken in loops are left alone */
	}
	return 0;
}

static int resume_ok(struct device *dev)
{
	struct bank *b = dev_get_drvdata(dev);
	int i, ret;

	for (i = 0; i < 3; i++) {
		ret = clk_prepare_enable(b->clk[i]);
		if (ret)
			goto err;
	}
	return 0;
err:
	while (--i >= 0)
		clk_disable_unprepare(b->clk[i]);
	return ret;
}

const struct dev_pm_ops ops_bad = {.resume = resume_bad};
const struct dev_pm_ops ops_ok = {.resume = resume_ok};
