/* What a helper has got is asked for something and then forgotten. */
#include <linux/clk.h>
#include <linux/errno.h>

unsigned long clk_get_rate(struct clk *clk);

static struct clk *obtain(struct device *dev, const char *name)
{
	struct clk *clk = clk_get(dev, name);

	return IS_ERR(clk) ? ERR_PTR(-ENOENT) : clk;
}

int rate_bad(struct device *dev, unsigned long *rate)
{
	struct clk *clk = obtain(dev, "bus");

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	*rate = clk_get_rate(clk);
	return 0; /* expect: leak/early-return clk */
}

int rate_ok(struct device *dev, unsigned long *rate)
{
	struct clk *clk = obtain(dev, "bus");

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	*rate = clk_get_rate(clk);
	clk_put(clk);
	return 0;
}
