/* Each element of an array of tables is a life of its own. */
#include <linux/fs.h>
#include <linux/slab.h>

static int open_any(struct inode *inode, struct file *file)
{
	file->private_data = kzalloc(64, GFP_KERNEL);
	return file->private_data ? 0 : -ENOMEM;
}

static int release_ok(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static int open_second(struct inode *inode, struct file *file)
{
	file->private_data = kzalloc(128, GFP_KERNEL);
	return file->private_data ? 0 : -ENOMEM;
}

static int release_bad(struct inode *inode, struct file *file)
{
	return 0; /* expect: leak/open-release memory */
}

static int open_third(struct inode *inode, struct file *file)
{
	file->private_data = kzalloc(256, GFP_KERNEL);
	return file->private_data ? 0 : -ENOMEM;
}

static int release_third(struct inode *inode, struct file *file)
{
	return 0; /* expect: leak/open-release memory */
}

const struct file_operations fops[] = {
	{.open = open_any, .release = release_ok},
	{.open = open_second, .release = release_bad},
	{.open = open_third, .release = release_third},
};
