/* One question asked twice, of a function that only looks, is answered alike; not so once what it looks at has changed. */
#include <linux/clk.h>

struct chip {
	struct clk *clk;
	int wake, enabled, quirks;
};

int chip_resume(struct chip *c);

static bool may_wake(struct chip *c)
{
	return c->wake && c->enabled;
}

int resume_ok(struct chip *c)
{
	int ret;

	if (!may_wake(c)) {
		ret = clk_prepare_enable(c->clk);
		if (ret)
			return ret;
	}
	ret = chip_resume(c);
	if (ret)
		goto fail;
	return 0;
fail:
	if (!may_wake(c))
		clk_disable_unprepare(c->clk);
	return ret;
}

int resume_bad(struct chip *c)
{
	int ret;

	if (!may_wake(c)) {
		ret = clk_prepare_enable(c->clk);
		if (ret)
			return ret;
	}
	c->wake = c->quirks;
	ret = chip_resume(c);
	if (ret)
		goto fail;
	return 0;
fail:
	if (!may_wake(c))
		clk_disable_unprepare(c->clk); /* expect: free/unowned clk */
	return ret;			       /* expect: leak/error-path clk */
}
