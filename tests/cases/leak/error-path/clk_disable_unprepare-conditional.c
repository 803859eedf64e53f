/* A helper releases on a condition that is not known here: perhaps it always holds. Low confidence, not silence. */
#include <linux/clk.h>
#include <linux/errno.h>

struct supply {
	struct clk *clk;
	int mode;
};

int supply_mode(void);
int supply_start(struct supply *s);

static void supply_off(struct supply *s)
{
	if (supply_mode())
		clk_disable_unprepare(s->clk);
}

int on_ok(struct supply *s)
{
	int ret = clk_prepare_enable(s->clk);

	if (ret)
		return ret;
	ret = supply_start(s);
	if (ret)
		supply_off(s);
	return ret; /* expect: leak/error-path clk */
}

int on_bad(struct supply *s)
{
	int ret = clk_prepare_enable(s->clk);

	if (ret)
		return ret;
	ret = supply_start(s);
	if (ret)
		return ret; /* expect: leak/error-path clk */
	ret = supply_start(s);
	if (ret)
		clk_disable_unprepare(s->clk);
	return ret;
}
