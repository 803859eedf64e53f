#ifndef _LINUX_LEDS_H
#define _LINUX_LEDS_H

#include <linux/device.h>

struct led_classdev {
	const char *name;
	unsigned int brightness, max_brightness;
	int (*brightness_set_blocking)(struct led_classdev *led, unsigned int brightness);
	struct device *dev;
};

int led_classdev_register(struct device *parent, struct led_classdev *led);
void led_classdev_unregister(struct led_classdev *led);
int devm_led_classdev_register(struct device *parent, struct led_classdev *led);

#endif
