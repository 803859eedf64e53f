#include <linux/cdev.h>

int region_bad(struct cdev *cdev, dev_t *devt)
{
	int ret = alloc_chrdev_region(devt, 0, 1, "x");

	if (ret)
		return ret;
	return cdev_add(cdev, *devt, 1); /* expect: leak/error-path registration */
}

int region_ok(struct cdev *cdev, dev_t *devt)
{
	int ret = alloc_chrdev_region(devt, 0, 1, "x");

	if (ret)
		return ret;
	ret = cdev_add(cdev, *devt, 1);
	if (ret)
		unregister_chrdev_region(*devt, 1);
	return ret;
}
