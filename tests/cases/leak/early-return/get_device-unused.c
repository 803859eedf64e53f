#include <linux/device.h>

bool is_ours_bad(struct device *dev, const char *name)
{
	struct device *child = device_find_child_by_name(dev, name);

	if (!child)
		return false;
	return dev_get_drvdata(child) != NULL; /* expect: leak/early-return device */
}

bool is_ours_ok(struct device *dev, const char *name)
{
	struct device *child = device_find_child_by_name(dev, name);
	bool ours;

	if (!child)
		return false;
	ours = dev_get_drvdata(child) != NULL;
	put_device(child);
	return ours;
}
