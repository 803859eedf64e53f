/* open failing: release is not called for it. */
#include <linux/fs.h>
#include <linux/slab.h>

int power_up(void);

static int open_bad(struct inode *inode, struct file *file)
{
	file->private_data = kzalloc(64, GFP_KERNEL);
	if (!file->private_data)
		return -ENOMEM;
	return power_up(); /* expect: leak/error-path memory */
}

static int open_ok(struct inode *inode, struct file *file)
{
	int ret;

	file->private_data = kzalloc(64, GFP_KERNEL);
	if (!file->private_data)
		return -ENOMEM;
	ret = power_up();
	if (ret)
		kfree(file->private_data);
	return ret;
}

static int release_any(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

const struct file_operations fops_bad = {.open = open_bad, .release = release_any};
const struct file_operations fops_ok = {.open = open_ok, .release = release_any};

/* Told where it is left, whatever else than error codes power_up() may return for all that is known of it. */
static int start_bad(struct file *file)
{
	int ret;

	file->private_data = kzalloc(64, GFP_KERNEL);
	if (!file->private_data)
		return -ENOMEM;
	ret = power_up();
	if (ret)
		return ret; /* expect: leak/error-path memory */
	return 0;
}

static int open_any(struct inode *inode, struct file *file)
{
	return start_bad(file);
}

const struct file_operations fops_helper = {.open = open_any, .release = release_any};
