/* Enabling failed: nothing to disable, but the reference must be put. */
#include <linux/clk.h>
#include <linux/device.h>

struct clk *enabled_bad(struct device *dev)
{
	struct clk *clk = clk_get(dev, NULL);
	int ret;

	if (IS_ERR(clk))
		return clk;
	ret = clk_prepare_enable(clk);
	if (ret)
		return ERR_PTR(ret); /* expect: leak/error-path clk */
	return clk;
}

struct clk *enabled_ok(struct device *dev)
{
	struct clk *clk = clk_get(dev, NULL);
	int ret;

	if (IS_ERR(clk))
		return clk;
	ret = clk_prepare_enable(clk);
	if (ret) {
		clk_put(clk);
		return ERR_PTR(ret);
	}
	return clk;
}
