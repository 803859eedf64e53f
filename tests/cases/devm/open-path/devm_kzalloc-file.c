/* Every open adds memory that only unbinding the device gives back. */
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/slab.h>

static struct device *the_device;

static int open_bad(struct inode *inode, struct file *file)
{
	file->private_data = devm_kzalloc(the_device, 64, GFP_KERNEL); /* expect: devm/open-path memory */
	return file->private_data ? 0 : -ENOMEM;
}

const struct file_operations fops_bad = {.open = open_bad};

static int open_ok(struct inode *inode, struct file *file)
{
	file->private_data = kzalloc(64, GFP_KERNEL);
	return file->private_data ? 0 : -ENOMEM;
}

static int release_ok(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

const struct file_operations fops_ok = {.open = open_ok, .release = release_ok};

static int open_twin_ok(struct inode *inode, struct file *file)
{
	file->private_data = devm_kzalloc(the_device, 64, GFP_KERNEL);
	return file->private_data ? 0 : -ENOMEM;
}

static int release_twin_ok(struct inode *inode, struct file *file)
{
	devm_kfree(the_device, file->private_data); /* xfail-fp: release of a file is not remove */
	return 0;
}

const struct file_operations fops_twin_ok = {.open = open_twin_ok, .release = release_twin_ok};
