/* A misc device of managed memory: files that are open when the device is unbound still lead to it. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct bad {
	struct miscdevice misc;
	int n;
};

struct counted {
	struct miscdevice misc;
	int users;
};

struct untouched {
	struct miscdevice misc;
	int n;
};

static int open_bad(struct inode *inode, struct file *file)
{
	file->private_data = container_of(file->private_data, struct bad, misc);
	return 0;
}

static ssize_t read_bad(struct file *file, char __user *to, size_t n, loff_t *at)
{
	struct bad *b = file->private_data;

	return b->n;
}

static const struct file_operations fops_bad = {.owner = THIS_MODULE, .open = open_bad, .read = read_bad};

static int probe_bad(struct platform_device *pdev)
{
	struct bad *b = devm_kzalloc(&pdev->dev, sizeof(*b), GFP_KERNEL);

	if (!b)
		return -ENOMEM;
	platform_set_drvdata(pdev, b);
	b->misc.fops = &fops_bad;
	return misc_register(&b->misc); /* expect: devm/lifetime registration */
}

static void remove_bad(struct platform_device *pdev)
{
	struct bad *b = platform_get_drvdata(pdev);

	misc_deregister(&b->misc);
}

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};

/* The memory is freed by hand, which is no better. */
struct freed {
	struct miscdevice misc;
	int n;
};

static ssize_t read_freed_bad(struct file *file, char __user *to, size_t n, loff_t *at)
{
	return container_of(file->private_data, struct freed, misc)->n;
}

static const struct file_operations fops_freed = {.owner = THIS_MODULE, .read = read_freed_bad};

static int probe_freed(struct platform_device *pdev)
{
	struct freed *b = kzalloc(sizeof(*b), GFP_KERNEL); /* expect: devm/candidate memory */
	int ret;

	if (!b)
		return -ENOMEM;
	platform_set_drvdata(pdev, b);
	b->misc.fops = &fops_freed;
	ret = misc_register(&b->misc);
	if (ret)
		kfree(b);
	return ret;
}

static void remove_freed_bad(struct platform_device *pdev)
{
	struct freed *b = platform_get_drvdata(pdev);

	misc_deregister(&b->misc);
	kfree(b); /* expect: free/use-after registration */
}

struct platform_driver driver_freed = {.probe = probe_freed, .remove = remove_freed_bad};

/* Whoever counts its users has thought of them. */
static int open_counted_ok(struct inode *inode, struct file *file)
{
	struct counted *c = container_of(file->private_data, struct counted, misc);

	c->users++;
	file->private_data = c;
	return 0;
}

static int release_counted_ok(struct inode *inode, struct file *file)
{
	struct counted *c = file->private_data;

	c->users--;
	return 0;
}

static const struct file_operations fops_counted = {.open = open_counted_ok, .release = release_counted_ok};

static int probe_counted_ok(struct platform_device *pdev)
{
	struct counted *c = devm_kzalloc(&pdev->dev, sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	platform_set_drvdata(pdev, c);
	c->misc.fops = &fops_counted;
	return misc_register(&c->misc);
}

static void remove_counted_ok(struct platform_device *pdev)
{
	struct counted *c = platform_get_drvdata(pdev);

	misc_deregister(&c->misc);
}

struct platform_driver driver_counted = {.probe = probe_counted_ok, .remove = remove_counted_ok};

/* Nothing goes from the file to the record. */
static ssize_t read_untouched_ok(struct file *file, char __user *to, size_t n, loff_t *at)
{
	return 0;
}

static const struct file_operations fops_untouched = {.read = read_untouched_ok};

static int probe_untouched_ok(struct platform_device *pdev)
{
	struct untouched *c = devm_kzalloc(&pdev->dev, sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	platform_set_drvdata(pdev, c);
	c->misc.fops = &fops_untouched;
	return misc_register(&c->misc);
}

static void remove_untouched_ok(struct platform_device *pdev)
{
	struct untouched *c = platform_get_drvdata(pdev);

	misc_deregister(&c->misc);
}

struct platform_driver driver_untouched = {.probe = probe_untouched_ok, .remove = remove_untouched_ok};
