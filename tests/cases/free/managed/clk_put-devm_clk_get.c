#include <linux/clk.h>
#include <linux/device.h>

int clock_bad(struct device *dev)
{
	struct clk *clk = devm_clk_get(dev, NULL);
	int ret;

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	ret = clk_prepare_enable(clk);
	if (ret)
		clk_put(clk); /* expect: free/managed clk */
	return ret;
}

int clock_ok(struct device *dev)
{
	struct clk *clk = devm_clk_get(dev, NULL);

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	return clk_prepare_enable(clk);
}
