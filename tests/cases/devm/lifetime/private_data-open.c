/* What an open file's private data points to goes with the managed memory of the device. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct managed {
	int value;
};
static struct managed *the_managed;

static int open_bad(struct inode *inode, struct file *file)
{
	file->private_data = the_managed;
	return 0;
}

static ssize_t read_bad(struct file *file, char __user *to, size_t n, loff_t *at)
{
	struct managed *m = file->private_data;

	return m->value;
}

static const struct file_operations fops_bad = {.owner = THIS_MODULE, .open = open_bad, .read = read_bad};
static struct miscdevice misc_bad = {.name = "bad", .fops = &fops_bad};

static int probe_bad(struct platform_device *pdev)
{
	the_managed = devm_kzalloc(&pdev->dev, sizeof(*the_managed), GFP_KERNEL);
	if (!the_managed)
		return -ENOMEM;
	return misc_register(&misc_bad); /* expect: devm/lifetime registration */
}

static void remove_bad(struct platform_device *pdev)
{
	misc_deregister(&misc_bad);
}

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};

/* What does not go with the device may be read. */
struct kept {
	int value;
};
static struct kept the_kept;

static ssize_t read_ok(struct file *file, char __user *to, size_t n, loff_t *at)
{
	struct kept *k = file->private_data;

	return k->value;
}

static int open_ok(struct inode *inode, struct file *file)
{
	file->private_data = &the_kept;
	return 0;
}

static const struct file_operations fops_ok = {.owner = THIS_MODULE, .open = open_ok, .read = read_ok};
static struct miscdevice misc_ok = {.name = "ok", .fops = &fops_ok};

static int probe_ok(struct platform_device *pdev)
{
	return misc_register(&misc_ok);
}

static void remove_ok(struct platform_device *pdev)
{
	misc_deregister(&misc_ok);
}

struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};
