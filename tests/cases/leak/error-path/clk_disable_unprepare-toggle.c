/* A clock that was on is switched off for a while: that it is on at the end is nothing new. */
#include <linux/clk.h>
#include <linux/errno.h>

struct bus {
	struct clk *clk;
};

int bus_transfer(struct bus *b);

static int bus_set_rate(struct bus *b, unsigned long hz)
{
	clk_disable_unprepare(b->clk);
	clk_set_rate(b->clk, hz);
	return clk_prepare_enable(b->clk);
}

static int transfer_ok(struct bus *b)
{
	int ret = bus_set_rate(b, 1000);

	if (ret)
		return ret;
	return bus_transfer(b);
}

static int transfer_bad(struct bus *b)
{
	int ret;

	clk_set_rate(b->clk, 1000);
	ret = clk_prepare_enable(b->clk);
	if (ret)
		return ret;
	return bus_transfer(b); /* expect: leak/error-path clk */
}

struct bus_ops {
	int (*transfer)(struct bus *b);
};

const struct bus_ops ops_ok = {.transfer = transfer_ok};
const struct bus_ops ops_bad = {.transfer = transfer_bad};
