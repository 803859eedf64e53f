/* Every opener holds a reference to the device. */
#include <linux/cdev.h>
#include <linux/fs.h>

struct unit {
	struct cdev cdev;
	struct device dev;
};

static int open_any(struct inode *inode, struct file *file)
{
	struct unit *u = container_of(inode->i_cdev, struct unit, cdev);

	get_device(&u->dev);
	file->private_data = u;
	return 0;
}

static int release_bad(struct inode *inode, struct file *file)
{
	file->private_data = NULL;
	return 0; /* expect: leak/open-release device */
}

const struct file_operations fops_bad = {.open = open_any, .release = release_bad};

static int release_ok(struct inode *inode, struct file *file)
{
	struct unit *u = file->private_data;

	put_device(&u->dev);
	return 0;
}

const struct file_operations fops_ok = {.open = open_any, .release = release_ok};
