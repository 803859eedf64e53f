/* A loop that runs more often than it is followed releases every element of its array. */
#include <linux/device.h>
#include <linux/errno.h>

static const struct device_attribute groups[5];

int start_ok(struct device *dev, bool fan)
{
	int i, err = device_create_file(dev, &groups[4]);

	if (err)
		return err;
	if (!fan)
		return 0;
	err = device_create_file(dev, &groups[3]);
	if (err)
		goto undo;
	return 0;
undo:
	for (i = 0; i < 5; i++)
		device_remove_file(dev, &groups[i]);
	return err;
}

int start_bad(struct device *dev, bool fan)
{
	int err = device_create_file(dev, &groups[4]);

	if (err)
		return err;
	if (!fan)
		goto undo;
	err = device_create_file(dev, &groups[3]);
	if (err)
		return err; /* expect: leak/error-path */
	return 0;
undo:
	device_remove_file(dev, &groups[4]);
	return -ENODEV;
}
