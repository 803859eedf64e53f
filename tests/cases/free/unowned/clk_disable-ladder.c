/* A goto to a label too far up undoes the step that failed. */
#include <linux/clk.h>

struct chip {
	struct clk *bus, *core;
};

int chip_start(struct chip *c);

int early_label_bad(struct chip *c)
{
	int ret = clk_prepare_enable(c->bus);

	if (ret)
		return ret;
	ret = clk_prepare_enable(c->core);
	if (ret)
		goto err_core;
	ret = chip_start(c);
	if (ret)
		goto err_core;
	return 0;
err_core:
	clk_disable_unprepare(c->core); /* expect: free/unowned clk */
	clk_disable_unprepare(c->bus);
	return ret;
}

int early_label_ok(struct chip *c)
{
	int ret = clk_prepare_enable(c->bus);

	if (ret)
		return ret;
	ret = clk_prepare_enable(c->core);
	if (ret)
		goto err_bus;
	ret = chip_start(c);
	if (ret)
		goto err_core;
	return 0;
err_core:
	clk_disable_unprepare(c->core);
err_bus:
	clk_disable_unprepare(c->bus);
	return ret;
}
