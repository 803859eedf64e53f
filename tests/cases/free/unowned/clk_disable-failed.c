/* Undoing what failed. */
#include <linux/clk.h>

int failed_bad(struct clk *clk)
{
	int ret = clk_prepare_enable(clk);

	if (ret)
		clk_disable_unprepare(clk); /* expect: free/unowned clk */ /* xfail-fn: needs another path that has taken it */
	return ret;
}

int failed_ok(struct clk *clk)
{
	int ret = clk_prepare_enable(clk);

	if (ret)
		return ret;
	clk_disable_unprepare(clk);
	return 0;
}
