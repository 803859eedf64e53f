/* The allocation is in a helper that probe may use and open may not. */
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/watchdog.h>

static int make_table(struct device *dev, struct watchdog_device *wdd)
{
	void *table = devm_kcalloc(dev, 8, 8, GFP_KERNEL); /* expect: devm/open-path memory */

	if (!table)
		return -ENOMEM;
	watchdog_set_drvdata(wdd, table);
	return 0;
}

static int start_bad(struct watchdog_device *wdd)
{
	return make_table(wdd->parent, wdd);
}

const struct watchdog_ops ops_bad = {.start = start_bad};

static int make_table_once(struct device *dev, struct watchdog_device *wdd)
{
	void *table = devm_kcalloc(dev, 8, 8, GFP_KERNEL);

	if (!table)
		return -ENOMEM;
	watchdog_set_drvdata(wdd, table);
	return 0;
}

static int probe_ok(struct platform_device *pdev)
{
	struct watchdog_device *wdd = devm_kzalloc(&pdev->dev, sizeof(*wdd), GFP_KERNEL);

	if (!wdd)
		return -ENOMEM;
	return make_table_once(&pdev->dev, wdd);
}

struct platform_driver driver_ok = {.probe = probe_ok};
