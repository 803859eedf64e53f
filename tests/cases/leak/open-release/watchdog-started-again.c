/* A slot that runs again while the device is started starts it once more: stop gives back one of the two counts. */
#include <linux/clk.h>
#include <linux/watchdog.h>

static int start_any(struct watchdog_device *wdd)
{
	return clk_prepare_enable(watchdog_get_drvdata(wdd));
}

static int stop_any(struct watchdog_device *wdd)
{
	clk_disable_unprepare(watchdog_get_drvdata(wdd));
	return 0;
}

static int set_timeout_bad(struct watchdog_device *wdd, unsigned int timeout)
{
	wdd->timeout = timeout;
	return start_any(wdd); /* expect: leak/open-release clk */
}

static int set_timeout_ok(struct watchdog_device *wdd, unsigned int timeout)
{
	stop_any(wdd);
	wdd->timeout = timeout;
	return start_any(wdd);
}

const struct watchdog_ops ops_bad = {.start = start_any, .stop = stop_any, .set_timeout = set_timeout_bad};
const struct watchdog_ops ops_ok = {.start = start_any, .stop = stop_any, .set_timeout = set_timeout_ok};
