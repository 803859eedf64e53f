/* Deleting the device deletes its directory, with the groups in it. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/platform_device.h>

struct kobject;
struct attribute_group {
	const char *name;
};
int sysfs_create_group(struct kobject *kobj, const struct attribute_group *group);
void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *group);
struct kobject *kobj_of(const struct platform_device *pdev);

static const struct attribute_group lights, zones;
int lights_on(void);

int show_ok(struct platform_device *pdev)
{
	int ret = sysfs_create_group(kobj_of(pdev), &lights);

	if (ret) {
		platform_device_unregister(pdev);
		return ret;
	}
	ret = lights_on();
	if (ret < 0) {
		platform_device_unregister(pdev);
		return ret;
	}
	if (ret > 1) {
		sysfs_remove_group(kobj_of(pdev), &lights);
		platform_device_unregister(pdev);
		return -EINVAL;
	}
	return 0;
}

int show_bad(struct platform_device *pdev)
{
	int ret = sysfs_create_group(kobj_of(pdev), &zones);

	if (ret)
		return ret;
	ret = lights_on();
	if (ret < 0)
		return ret; /* expect: leak/error-path */
	if (ret > 1) {
		sysfs_remove_group(kobj_of(pdev), &zones);
		return -EINVAL;
	}
	return 0;
}
