/* A module whose init fails is gone, its variables with it: what they hold nobody gives back, exit is not called. */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static struct platform_device *leds, *watchdog, *lamp, *fan;

int find_mode(void);

static int register_bad(int mode)
{
	if (mode & 1) {
		leds = platform_device_register_simple("leds", -1, NULL, 0);
		if (IS_ERR(leds))
			return PTR_ERR(leds);
	}
	if (mode & 2) {
		watchdog = platform_device_register_simple("watchdog", -1, NULL, 0);
		if (IS_ERR(watchdog))
			return PTR_ERR(watchdog); /* expect: leak/error-path platform_device (medium) */
	}
	return 0;
}

static int register_ok(void)
{
	lamp = platform_device_register_simple("lamp", -1, NULL, 0);
	if (IS_ERR(lamp))
		return PTR_ERR(lamp);
	fan = platform_device_register_simple("fan", -1, NULL, 0);
	if (IS_ERR(fan)) {
		platform_device_unregister(lamp);
		return PTR_ERR(fan);
	}
	return 0;
}

static int __init init(void)
{
	int ret = register_ok();

	if (ret)
		return ret;
	ret = register_bad(find_mode());
	if (ret) {
		platform_device_unregister(fan);
		platform_device_unregister(lamp);
	}
	return ret;
}

static void __exit exit(void)
{
	platform_device_unregister(leds);
	platform_device_unregister(watchdog);
	platform_device_unregister(fan);
	platform_device_unregister(lamp);
}
module_init(init);
module_exit(exit);
