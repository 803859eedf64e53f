/* A device is made able to wake the system up, by the argument, and made unable again by the same call. It goes with the
 * device: only who takes it back in remove has forgotten it when probe fails. */
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/platform_device.h>

int device_init_wakeup(struct device *dev, bool enable);
int start(struct platform_device *pdev);
void stop(struct platform_device *pdev);

static int clock_probe_bad(struct platform_device *pdev)
{
	int ret;

	device_init_wakeup(&pdev->dev, true);
	ret = start(pdev);
	if (ret)
		return ret; /* expect: leak/error-path wakeup source */
	return 0;
}

static void clock_remove_bad(struct platform_device *pdev)
{
	stop(pdev);
	device_init_wakeup(&pdev->dev, false);
}

static struct platform_driver clock_driver_bad = {
	.probe = clock_probe_bad,
	.remove = clock_remove_bad,
	.driver = {.name = "clock"},
};
module_platform_driver(clock_driver_bad);

static int alarm_probe_ok(struct platform_device *pdev)
{
	int ret;

	device_init_wakeup(&pdev->dev, true);
	ret = start(pdev);
	if (ret) {
		device_init_wakeup(&pdev->dev, false);
		return ret;
	}
	return 0;
}

static void alarm_remove_ok(struct platform_device *pdev)
{
	stop(pdev);
	device_init_wakeup(&pdev->dev, false);
}

static struct platform_driver alarm_driver_ok = {
	.probe = alarm_probe_ok,
	.remove = alarm_remove_ok,
	.driver = {.name = "alarm"},
};
module_platform_driver(alarm_driver_ok);

static int key_probe_ok(struct platform_device *pdev)
{
	device_init_wakeup(&pdev->dev, true);
	return start(pdev);
}

static void key_remove_ok(struct platform_device *pdev)
{
	stop(pdev);
}

static struct platform_driver key_driver_ok = {
	.probe = key_probe_ok,
	.remove = key_remove_ok,
	.driver = {.name = "key"},
};
module_platform_driver(key_driver_ok);
