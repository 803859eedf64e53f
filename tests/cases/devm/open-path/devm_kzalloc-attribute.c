/* An attribute can be written any number of times while the device is bound. */
#include <linux/device.h>
#include <linux/slab.h>

struct unit {
	char *name;
};

static ssize_t name_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return 0;
}

static ssize_t name_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct unit *u = dev_get_drvdata(dev);

	u->name = devm_kstrdup(dev, buf, GFP_KERNEL); /* expect: devm/open-path memory */
	return u->name ? count : -ENOMEM;
}

struct device_attribute attr_name = {.show = name_show, .store = name_store};

/* Taken once, by the first write. */
static ssize_t once_store_ok(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct unit *u = dev_get_drvdata(dev);

	if (!u->name)
		u->name = devm_kmalloc(dev, 16, GFP_KERNEL);
	return u->name ? count : -ENOMEM;
}

struct device_attribute attr_once = {.show = name_show, .store = once_store_ok};
