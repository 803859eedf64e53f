#include <linux/platform_device.h>
#include <linux/pm_runtime.h>

int add_hardware(void);

static int probe_bad(struct platform_device *pdev)
{
	int ret;

	pm_runtime_enable(&pdev->dev);
	ret = add_hardware();
	if (ret)
		return ret; /* expect: leak/error-path runtime PM */
	return 0;
}

static int probe_ok(struct platform_device *pdev)
{
	int ret;

	pm_runtime_enable(&pdev->dev);
	ret = add_hardware();
	if (ret)
		pm_runtime_disable(&pdev->dev);
	return ret;
}

static void remove_any(struct platform_device *pdev)
{
	pm_runtime_disable(&pdev->dev);
}

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_any};
struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_any};
