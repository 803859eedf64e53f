/*
 * Reduced from a sensor's init_controls(): what is stored in the caller's object before the function fails may be ended
 * where that object is.
 */
#include <linux/device.h>

struct camera {
	struct device *controls;
};

struct sensor {
	struct device controls, other;
};

int sensor_write(struct sensor *s);

int sensor_show_bad(struct camera *c, struct sensor *s)
{
	int err;

	c->controls = &s->controls;
	err = device_add(&s->controls);
	if (err)
		return err;
	return sensor_write(s); /* expect: leak/error-path registration (low) */
}

int sensor_hide_bad(struct camera *c, struct sensor *s)
{
	int err = device_add(&s->other);

	if (err)
		return err;
	return sensor_write(s); /* expect: leak/error-path registration (medium) */
}
