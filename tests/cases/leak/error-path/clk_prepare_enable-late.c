/* An enabled clock of the driver's own: neighbours switch it off, one step does not. */
#include <linux/clk.h>

struct chip {
	struct clk *clk;
};

int chip_reset(struct chip *c);
int chip_start(struct chip *c);

int clock_bad(struct chip *c)
{
	int ret = clk_prepare_enable(c->clk);

	if (ret)
		return ret;
	ret = chip_reset(c);
	if (ret)
		goto err_disable;
	ret = chip_start(c);
	if (ret)
		return ret; /* expect: leak/error-path clk */
	return 0;

err_disable:
	clk_disable_unprepare(c->clk);
	return ret;
}

int clock_ok(struct chip *c)
{
	int ret = clk_prepare_enable(c->clk);

	if (ret)
		return ret;
	ret = chip_reset(c);
	if (ret)
		goto err_disable;
	ret = chip_start(c);
	if (ret)
		goto err_disable;
	return 0;

err_disable:
	clk_disable_unprepare(c->clk);
	return ret;
}
