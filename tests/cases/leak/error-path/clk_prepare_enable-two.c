/* The first of two clocks stays on when the second cannot be switched on. */
#include <linux/clk.h>

struct chip {
	struct clk *bus, *core;
};

int two_bad(struct chip *c)
{
	int ret = clk_prepare_enable(c->bus);

	if (ret)
		return ret;
	return clk_prepare_enable(c->core); /* expect: leak/error-path clk */
}

int two_ok(struct chip *c)
{
	int ret = clk_prepare_enable(c->bus);

	if (ret)
		return ret;
	ret = clk_prepare_enable(c->core);
	if (ret)
		clk_disable_unprepare(c->bus);
	return ret;
}

void two_off(struct chip *c)
{
	clk_disable_unprepare(c->core);
	clk_disable_unprepare(c->bus);
}
