#include <linux/device.h>

int use_device(struct device *dev);

int bus_bad(const struct bus_type *bus)
{
	struct device *dev = bus_find_device_by_name(bus, NULL, "core");
	int ret;

	if (!dev)
		return -ENODEV;
	ret = use_device(dev);
	if (ret)
		return ret; /* expect: leak/error-path device */
	put_device(dev);
	return 0;
}

int bus_ok(const struct bus_type *bus)
{
	struct device *dev __free(put_device) = bus_find_device_by_name(bus, NULL, "core");

	if (!dev)
		return -ENODEV;
	return use_device(dev);
}
