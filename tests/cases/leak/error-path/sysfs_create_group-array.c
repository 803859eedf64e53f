/* Groups in an array are removed in a loop; a file that was created alone goes with the group that lists it. */
#include <linux/device.h>
#include <linux/errno.h>

struct attribute_group;

int sysfs_create_group(struct kobject *kobj, const struct attribute_group *grp);
void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp);
int device_create_file(struct device *dev, const void *attr);
int chip_start(struct device *dev);

struct attribute_group {
	const char *name;
};

static const struct attribute_group opt[4];
static int attr;

int groups_ok(struct device *dev, struct kobject *kobj)
{
	int ret = sysfs_create_group(kobj, &opt[2]);

	if (ret)
		return ret;
	ret = chip_start(dev);
	if (ret)
		goto remove;
	return 0;
remove:
	for (int i = 0; i < 4; i++)
		sysfs_remove_group(kobj, &opt[i]);
	return ret;
}

int file_ok(struct device *dev, struct kobject *kobj)
{
	int ret = device_create_file(dev, &attr);

	if (ret)
		return ret;
	ret = chip_start(dev);
	if (ret)
		sysfs_remove_group(kobj, &opt[0]);
	return ret;
}

int group_bad(struct device *dev, struct kobject *kobj)
{
	int ret = sysfs_create_group(kobj, &opt[2]);

	if (ret)
		return ret;
	ret = chip_start(dev);
	if (ret)
		return ret; /* expect: leak/error-path sysfs */
	ret = chip_start(NULL);
	if (ret)
		sysfs_remove_group(kobj, &opt[2]);
	return ret;
}
