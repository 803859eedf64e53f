#include <linux/cdev.h>

struct cdev_ops {
	int (*create)(struct cdev *cdev, dev_t *devt);
};

static int region_bad(struct cdev *cdev, dev_t *devt)
{
	int ret = alloc_chrdev_region(devt, 0, 1, "x");

	if (ret)
		return ret;
	return cdev_add(cdev, *devt, 1); /* expect: leak/error-path registration */
}

static int region_ok(struct cdev *cdev, dev_t *devt)
{
	int ret = alloc_chrdev_region(devt, 0, 1, "x");

	if (ret)
		return ret;
	ret = cdev_add(cdev, *devt, 1);
	if (ret)
		unregister_chrdev_region(*devt, 1);
	return ret;
}

const struct cdev_ops bad_ops = {.create = region_bad};
const struct cdev_ops ok_ops = {.create = region_ok};

/* What another file calls has to undo what it did, too. */
int region_other_bad(struct cdev *cdev, dev_t *devt)
{
	int ret = alloc_chrdev_region(devt, 0, 1, "x");

	if (ret)
		return ret;
	return cdev_add(cdev, *devt, 1); /* expect: leak/error-path registration */
}
