/* The reference to the clock, as opposed to its being on. */
#include <linux/clk.h>
#include <linux/device.h>

int rate_bad(struct device *dev, unsigned long *rate)
{
	struct clk *clk = clk_get(dev, "ref");

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	*rate = clk_get_rate(clk);
	if (!*rate)
		return -EINVAL; /* expect: leak/error-path clk */
	clk_put(clk);
	return 0;
}

int rate_ok(struct device *dev, unsigned long *rate)
{
	struct clk *clk = clk_get(dev, "ref");

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	*rate = clk_get_rate(clk);
	clk_put(clk);
	return *rate ? 0 : -EINVAL;
}
