#include <linux/cdev.h>
#include <linux/device.h>

struct line {
	struct cdev *cdev;
	dev_t devt;
};

int line_start(struct line *l);

/* Not yet added it is an object only, then a registration as well: cdev_del() ends both. */
int line_open_ok(struct line *l)
{
	struct cdev *cdev = cdev_alloc();
	int ret;

	if (!cdev)
		return -ENOMEM;
	ret = cdev_add(cdev, l->devt, 1);
	if (ret)
		goto err_del;
	ret = line_start(l);
	if (ret)
		goto err_del;
	l->cdev = cdev;
	return 0;

err_del:
	cdev_del(cdev);
	return ret;
}

int line_open_bad(struct line *l)
{
	struct cdev *cdev = cdev_alloc();
	int ret;

	if (!cdev)
		return -ENOMEM;
	ret = cdev_add(cdev, l->devt, 1);
	if (ret)
		return ret; /* expect: leak/error-path cdev */
	l->cdev = cdev;
	return 0;
}
