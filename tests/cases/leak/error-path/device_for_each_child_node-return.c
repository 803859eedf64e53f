#include <linux/device.h>
#include <linux/property.h>

int fwnode_bad(struct device *dev, u32 *sum)
{
	struct fwnode_handle *child;
	u32 val;

	device_for_each_child_node(dev, child) {
		if (fwnode_property_read_u32(child, "reg", &val))
			return -EINVAL; /* expect: leak/error-path fwnode */
		*sum += val;
	}
	return 0;
}

int fwnode_ok(struct device *dev, u32 *sum)
{
	struct fwnode_handle *child;
	u32 val;

	device_for_each_child_node(dev, child) {
		if (fwnode_property_read_u32(child, "reg", &val)) {
			fwnode_handle_put(child);
			return -EINVAL;
		}
		*sum += val;
	}
	return 0;
}
