/*
 * The oscilloscope of scope_misc.c as it should be: every open file holds a reference, the last one frees, and a flag
 * says that there is nothing to read any more.
 */
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/miscdevice.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct scope {
	struct miscdevice misc;
	struct kref users;
	struct mutex lock;
	bool gone;
	u8 trace[64];
};

static void scope_free(struct kref *kref)
{
	kfree(container_of(kref, struct scope, users));
}

static int scope_open(struct inode *inode, struct file *file)
{
	struct scope *s = container_of(file->private_data, struct scope, misc);

	kref_get(&s->users);
	file->private_data = s;
	return 0;
}

static int scope_release(struct inode *inode, struct file *file)
{
	struct scope *s = file->private_data;

	kref_put(&s->users, scope_free);
	return 0;
}

static ssize_t scope_read(struct file *file, char __user *to, size_t n, loff_t *at)
{
	struct scope *s = file->private_data;
	ssize_t ret = -ENODEV;

	if (n > sizeof(s->trace))
		n = sizeof(s->trace);
	mutex_lock(&s->lock);
	if (!s->gone)
		ret = copy_to_user(to, s->trace, n) ? -EFAULT : (ssize_t)n;
	mutex_unlock(&s->lock);
	return ret;
}

static const struct file_operations scope_fops = {
	.owner = THIS_MODULE, .open = scope_open, .release = scope_release, .read = scope_read};

static int scope_probe(struct platform_device *pdev)
{
	struct scope *s;
	int ret;

	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	kref_init(&s->users);
	mutex_init(&s->lock);
	s->misc.minor = MISC_DYNAMIC_MINOR;
	s->misc.name = "scope";
	s->misc.fops = &scope_fops;
	ret = misc_register(&s->misc);
	if (ret) {
		kref_put(&s->users, scope_free);
		return ret;
	}
	platform_set_drvdata(pdev, s);
	return 0;
}

static void scope_remove(struct platform_device *pdev)
{
	struct scope *s = platform_get_drvdata(pdev);

	misc_deregister(&s->misc);
	mutex_lock(&s->lock);
	s->gone = true;
	mutex_unlock(&s->lock);
	kref_put(&s->users, scope_free);
}

static struct platform_driver scope_driver = {
	.probe = scope_probe,
	.remove = scope_remove,
	.driver = {.name = "scope"},
};
module_platform_driver(scope_driver);

MODULE_LICENSE("GPL");
