#include <linux/clk.h>
#include <linux/device.h>

int ref_bad(struct device *dev)
{
	struct clk *clk = clk_get(dev, NULL);
	int ret;

	if (IS_ERR(clk)) {
		clk_put(clk); /* expect: free/err-ptr clk */
		return -ENODEV;
	}
	ret = clk_set_rate(clk, 1000);
	clk_put(clk);
	return ret;
}

int ref_ok(struct device *dev)
{
	struct clk *clk = clk_get(dev, NULL);
	int ret;

	if (IS_ERR(clk))
		return -ENODEV;
	ret = clk_set_rate(clk, 1000);
	clk_put(clk);
	return ret;
}
