#include <linux/platform_device.h>
#include <linux/pm_runtime.h>

static int probe_any(struct platform_device *pdev)
{
	pm_runtime_enable(&pdev->dev);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	pm_runtime_set_suspended(&pdev->dev);
} /* expect: leak/remove runtime PM */

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};

static void remove_ok(struct platform_device *pdev)
{
	pm_runtime_disable(&pdev->dev);
}

struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};

static int probe_managed_ok(struct platform_device *pdev)
{
	return devm_pm_runtime_enable(&pdev->dev);
}

struct platform_driver driver_managed_ok = {.probe = probe_managed_ok};
