/* A stateless link is the driver's to end; the driver core ends all others. */
#include <linux/platform_device.h>

static int probe_bad(struct platform_device *pdev)
{
	struct device_link *link = device_link_add(&pdev->dev, pdev->dev.parent, DL_FLAG_STATELESS);

	if (!link)
		return -EINVAL;
	platform_set_drvdata(pdev, link);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	platform_set_drvdata(pdev, NULL);
} /* expect: leak/remove device link */

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};

static void remove_ok(struct platform_device *pdev)
{
	device_link_del(platform_get_drvdata(pdev));
}

struct platform_driver driver_ok = {.probe = probe_bad, .remove = remove_ok};

static int probe_autoremoved_ok(struct platform_device *pdev)
{
	struct device_link *link = device_link_add(&pdev->dev, pdev->dev.parent, DL_FLAG_AUTOREMOVE_CONSUMER);

	if (!link)
		return -EINVAL;
	platform_set_drvdata(pdev, link);
	return 0;
}

static void remove_autoremoved_ok(struct platform_device *pdev)
{
	platform_set_drvdata(pdev, NULL);
}

struct platform_driver driver_autoremoved = {.probe = probe_autoremoved_ok, .remove = remove_autoremoved_ok};
