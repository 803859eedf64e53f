/* A clock that is switched on for good must be held for good. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/of.h>

int timer_register(unsigned long rate);

int timer_init_ok(struct device_node *np)
{
	struct clk *clk = of_clk_get_by_name(np, "pclk");
	int ret;

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	ret = clk_prepare_enable(clk);
	if (ret) {
		clk_put(clk);
		return ret;
	}
	ret = timer_register(clk_get_rate(clk));
	if (ret) {
		clk_disable_unprepare(clk);
		clk_put(clk);
		return ret;
	}
	return 0; /* expect: leak/early-return clk (low) */
}

int rate_bad(struct device_node *np)
{
	struct clk *clk = of_clk_get_by_name(np, "pclk");
	unsigned long rate;

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	rate = clk_get_rate(clk);
	if (!rate) {
		clk_put(clk);
		return -EINVAL;
	}
	return rate > 1000; /* expect: leak/early-return clk (low) */
}
