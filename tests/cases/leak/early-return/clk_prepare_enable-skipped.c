/* An enabled clock stays on when there is nothing to transfer. */
#include <linux/clk.h>

struct chip {
	struct clk *clk;
	int pending;
};

void chip_flush(struct chip *c);

int flush_bad(struct chip *c)
{
	int ret = clk_prepare_enable(c->clk);

	if (ret)
		return ret;
	if (!c->pending)
		return 0; /* expect: leak/early-return clk */
	chip_flush(c);
	clk_disable_unprepare(c->clk);
	return 0;
}

int flush_ok(struct chip *c)
{
	int ret;

	if (!c->pending)
		return 0;
	ret = clk_prepare_enable(c->clk);
	if (ret)
		return ret;
	chip_flush(c);
	clk_disable_unprepare(c->clk);
	return 0;
}
