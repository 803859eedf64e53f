#include <linux/clk.h>
#include <linux/device.h>

int clk_twice_bad(struct device *dev)
{
	struct clk *clk = clk_get(dev, NULL);
	int ret;

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	ret = clk_set_rate(clk, 1000);
	if (ret)
		clk_put(clk);
	clk_put(clk); /* expect: free/double clk */
	return ret;
}

int clk_twice_ok(struct device *dev)
{
	struct clk *clk = clk_get(dev, NULL);
	int ret;

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	ret = clk_set_rate(clk, 1000);
	clk_put(clk);
	return ret;
}
