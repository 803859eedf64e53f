/* A reference to what a table names as its owner goes with the table. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/module.h>

int open_ok(struct file *file, const struct file_operations *fops, unsigned int minor)
{
	if (!try_module_get(fops->owner))
		return -ENODEV;
	file->f_op = fops;
	if (minor > 7)
		return -EINVAL;
	file->f_op = NULL;
	module_put(fops->owner);
	return 0;
}

int open_bad(struct file *file, const struct file_operations *fops, unsigned int minor)
{
	if (!try_module_get(fops->owner))
		return -ENODEV;
	if (minor > 7)
		return -EINVAL; /* expect: leak/error-path module */
	module_put(fops->owner);
	return 0;
}
