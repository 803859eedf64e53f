/* Who gets the device's driver data gets the reference to the device with it. */
#include <linux/device.h>

struct class;
struct led {
	int on;
};

struct device *class_find_device(const struct class *class, const struct device *start, const void *data,
				 int (*match)(struct device *, const void *));

struct led *led_get_ok(const struct class *class, const void *name, int (*match)(struct device *, const void *))
{
	struct device *dev = class_find_device(class, NULL, name, match);

	return dev ? dev_get_drvdata(dev) : NULL;
}

int led_is_on_bad(const struct class *class, const void *name, int (*match)(struct device *, const void *))
{
	struct device *dev = class_find_device(class, NULL, name, match);
	struct led *led;

	if (!dev)
		return 0;
	led = dev_get_drvdata(dev);
	return led->on ? 1 : 0; /* expect: leak/early-return device */
}
