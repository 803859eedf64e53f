#include <linux/clk.h>
#include <linux/watchdog.h>

static int start_any(struct watchdog_device *wdd)
{
	return clk_prepare_enable(watchdog_get_drvdata(wdd));
}

static int stop_bad(struct watchdog_device *wdd)
{
	return 0; /* expect: leak/open-release clk */
}

const struct watchdog_ops ops_bad = {.start = start_any, .stop = stop_bad};

static int stop_ok(struct watchdog_device *wdd)
{
	clk_disable_unprepare(watchdog_get_drvdata(wdd));
	return 0;
}

const struct watchdog_ops ops_ok = {.start = start_any, .stop = stop_ok};
