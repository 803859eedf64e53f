/* What a function of other files' use registers it unregisters when it fails: its callers have no reason to. */
#include <linux/device.h>

int write_config(struct device *dev);

int add_bad(struct device *dev)
{
	int ret = device_add(dev);

	if (ret)
		return ret;
	return write_config(dev); /* expect: leak/error-path registration */
}

int add_ok(struct device *dev)
{
	int ret = device_add(dev);

	if (ret)
		return ret;
	ret = write_config(dev);
	if (ret)
		device_del(dev);
	return ret;
}

/* Its caller is in sight, and does. */
static int add_static_ok(struct device *dev)
{
	int ret = device_add(dev);

	if (ret)
		return ret;
	return write_config(dev);
}

int add_and_clean_ok(struct device *dev)
{
	int ret = add_static_ok(dev);

	if (ret)
		device_del(dev);
	return ret;
}
