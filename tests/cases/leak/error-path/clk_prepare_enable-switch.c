/* One helper switches on and off: only the call that switches on can have left it half-way. */
#include <linux/clk.h>
#include <linux/platform_device.h>

struct chip {
	struct clk *bus, *core;
};

static int switch_bad(struct chip *c, bool on)
{
	int ret;

	if (!on) {
		clk_disable_unprepare(c->core);
		clk_disable_unprepare(c->bus);
		return 0;
	}
	ret = clk_prepare_enable(c->bus);
	if (ret)
		return ret;
	ret = clk_prepare_enable(c->core);
	if (ret)
		return ret; /* expect: leak/error-path clk */
	return 0;
}

static int probe_any(struct platform_device *pdev)
{
	return switch_bad(platform_get_drvdata(pdev), true);
}

static void remove_any(struct platform_device *pdev)
{
	switch_bad(platform_get_drvdata(pdev), false);
}

const struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_any};

static int switch_ok(struct chip *c, bool on)
{
	int ret;

	if (!on) {
		clk_disable_unprepare(c->core);
		clk_disable_unprepare(c->bus);
		return 0;
	}
	ret = clk_prepare_enable(c->bus);
	if (ret)
		return ret;
	ret = clk_prepare_enable(c->core);
	if (ret)
		clk_disable_unprepare(c->bus);
	return ret;
}

static int probe_ok(struct platform_device *pdev)
{
	return switch_ok(platform_get_drvdata(pdev), true);
}

static void remove_ok(struct platform_device *pdev)
{
	switch_ok(platform_get_drvdata(pdev), false);
}

const struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};
