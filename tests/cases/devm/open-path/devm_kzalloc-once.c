/* What pairs with a removal runs once for each binding: managed memory does not pile up. In open() it does. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>

struct w1_slave {
	struct device dev;
};
struct w1_family_ops {
	int (*add_slave)(struct w1_slave *sl);
	void (*remove_slave)(struct w1_slave *sl);
};

static int slave_add_ok(struct w1_slave *sl)
{
	void *p = devm_kzalloc(&sl->dev, 16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	dev_set_drvdata(&sl->dev, p);
	return 0;
}

static void slave_remove(struct w1_slave *sl)
{
}

const struct w1_family_ops w1_ops = {.add_slave = slave_add_ok, .remove_slave = slave_remove};

static struct device *the_device;

static int file_open_bad(struct inode *inode, struct file *file)
{
	file->private_data = devm_kzalloc(the_device, 16, GFP_KERNEL); /* expect: devm/open-path memory */
	return file->private_data ? 0 : -ENOMEM;
}

static int file_release(struct inode *inode, struct file *file)
{
	return 0;
}

const struct file_operations file_ops = {.open = file_open_bad, .release = file_release};
