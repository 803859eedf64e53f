/* A character device may be open when its device is unbound: the cdev must not lie in managed memory. */
#include <linux/cdev.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct unit {
	struct cdev cdev;
};

static const struct file_operations fops_any = {.owner = THIS_MODULE};
static dev_t devt;

static int probe_bad(struct platform_device *pdev)
{
	struct unit *u = devm_kzalloc(&pdev->dev, sizeof(*u), GFP_KERNEL);

	if (!u)
		return -ENOMEM;
	cdev_init(&u->cdev, &fops_any);
	platform_set_drvdata(pdev, u);
	return cdev_add(&u->cdev, devt, 1); /* expect: devm/lifetime */
}

static void remove_bad(struct platform_device *pdev)
{
	struct unit *u = platform_get_drvdata(pdev);

	cdev_del(&u->cdev);
}

static int probe_ok(struct platform_device *pdev)
{
	struct cdev *cdev = cdev_alloc();
	int ret;

	if (!cdev)
		return -ENOMEM;
	cdev->ops = &fops_any;
	ret = cdev_add(cdev, devt, 1);
	if (ret) {
		kobject_put(&cdev->kobj);
		return ret;
	}
	platform_set_drvdata(pdev, cdev);
	return 0;
}

static void remove_ok(struct platform_device *pdev)
{
	cdev_del(platform_get_drvdata(pdev));
}

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};
