/*
 * A USB oscilloscope whose file may be open when it is pulled out. The end of its misc device keeps new users out; who
 * has the file open goes on calling read() and, at last, release(). One driver frees what these reach, one has it
 * managed; tidy_misc.c does it right.
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct scope {
	struct miscdevice misc;
	u8 trace[64];
};

static ssize_t scope_read(struct file *file, char __user *to, size_t n, loff_t *at)
{
	struct scope *s = container_of(file->private_data, struct scope, misc);

	if (n > sizeof(s->trace))
		n = sizeof(s->trace);
	return copy_to_user(to, s->trace, n) ? -EFAULT : (ssize_t)n;
}

static const struct file_operations scope_fops = {.owner = THIS_MODULE, .read = scope_read};

static int scope_probe(struct platform_device *pdev)
{
	struct scope *s;
	int ret;

	s = kzalloc(sizeof(*s), GFP_KERNEL); /* expect: devm/candidate memory */
	if (!s)
		return -ENOMEM;
	s->misc.minor = MISC_DYNAMIC_MINOR;
	s->misc.name = "scope";
	s->misc.fops = &scope_fops;
	ret = misc_register(&s->misc);
	if (ret) {
		kfree(s);
		return ret;
	}
	platform_set_drvdata(pdev, s);
	return 0;
}

static void scope_remove(struct platform_device *pdev)
{
	struct scope *s = platform_get_drvdata(pdev);

	misc_deregister(&s->misc);
	kfree(s); /* expect: free/use-after registration */
}

static struct platform_driver scope_driver = {
	.probe = scope_probe,
	.remove = scope_remove,
	.driver = {.name = "scope"},
};
module_platform_driver(scope_driver);

/* ---- the same, managed: it goes when the device is unbound, whoever has it open ---- */

struct managed {
	struct miscdevice misc;
	u8 trace[64];
};

static ssize_t managed_read(struct file *file, char __user *to, size_t n, loff_t *at)
{
	struct managed *m = container_of(file->private_data, struct managed, misc);

	if (n > sizeof(m->trace))
		n = sizeof(m->trace);
	return copy_to_user(to, m->trace, n) ? -EFAULT : (ssize_t)n;
}

static const struct file_operations managed_fops = {.owner = THIS_MODULE, .read = managed_read};

static int managed_probe(struct platform_device *pdev)
{
	struct managed *m;

	m = devm_kzalloc(&pdev->dev, sizeof(*m), GFP_KERNEL);
	if (!m)
		return -ENOMEM;
	m->misc.minor = MISC_DYNAMIC_MINOR;
	m->misc.name = "scope-managed";
	m->misc.fops = &managed_fops;
	platform_set_drvdata(pdev, m);
	return misc_register(&m->misc); /* expect: devm/lifetime registration */
}

static void managed_remove(struct platform_device *pdev)
{
	struct managed *m = platform_get_drvdata(pdev);

	misc_deregister(&m->misc);
}

static struct platform_driver managed_driver = {
	.probe = managed_probe,
	.remove = managed_remove,
	.driver = {.name = "scope-managed"},
};
module_platform_driver(managed_driver);

MODULE_LICENSE("GPL");
