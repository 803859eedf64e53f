/*
 * A pressure gauge with attributes and a log file. Attributes are written, files opened and devices resumed any number
 * of times while the driver stays bound: what these take managed is there until it is unbound. The label, the log's
 * buffer and the interrupt of every resume pile up here; the scale table, taken by the first write only, does not.
 */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

enum { GAUGE_LOG = 512,
       GAUGE_STEPS = 16 };

struct gauge {
	struct device *dev;
	void __iomem *regs;
	char *label;
	u32 *scale;
	int irq;
};

static struct gauge *gauge_the_one;

static irqreturn_t gauge_alarm(int irq, void *data)
{
	struct gauge *g = data;

	writel(0, g->regs);
	return IRQ_HANDLED;
}

static ssize_t label_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct gauge *g = dev_get_drvdata(dev);

	return g->label ? (ssize_t)strlen(g->label) : 0;
}

static ssize_t label_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct gauge *g = dev_get_drvdata(dev);
	char *label;

	label = devm_kstrdup(dev, buf, GFP_KERNEL); /* expect: devm/open-path memory */
	if (!label)
		return -ENOMEM;
	g->label = label;
	return count;
}
static DEVICE_ATTR_RW(label);

static ssize_t scale_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return 0;
}

/* Taken once: the next write finds it. */
static ssize_t scale_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct gauge *g = dev_get_drvdata(dev);

	if (!g->scale) {
		g->scale = devm_kcalloc(dev, GAUGE_STEPS, sizeof(*g->scale), GFP_KERNEL);
		if (!g->scale)
			return -ENOMEM;
	}
	g->scale[0] = buf[0];
	return count;
}
static DEVICE_ATTR_RW(scale);

static int gauge_log_open(struct inode *inode, struct file *file)
{
	file->private_data = devm_kzalloc(gauge_the_one->dev, GAUGE_LOG, GFP_KERNEL); /* expect: devm/open-path memory */
	return file->private_data ? 0 : -ENOMEM;
}

static ssize_t gauge_log_read(struct file *file, char __user *to, size_t n, loff_t *at)
{
	if (n > GAUGE_LOG)
		n = GAUGE_LOG;
	return copy_to_user(to, file->private_data, n) ? -EFAULT : (ssize_t)n;
}

static const struct file_operations gauge_log_fops = {
	.owner = THIS_MODULE, .open = gauge_log_open, .read = gauge_log_read};
static struct miscdevice gauge_log = {.minor = MISC_DYNAMIC_MINOR, .name = "gauge", .fops = &gauge_log_fops};

static int gauge_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct gauge *g;
	int ret;

	g = devm_kzalloc(dev, sizeof(*g), GFP_KERNEL);
	if (!g)
		return -ENOMEM;
	g->dev = dev;
	g->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(g->regs))
		return PTR_ERR(g->regs);
	g->irq = platform_get_irq(pdev, 0);
	if (g->irq < 0)
		return g->irq;
	platform_set_drvdata(pdev, g);
	gauge_the_one = g;

	ret = device_create_file(dev, &dev_attr_label);
	if (ret)
		return ret;
	ret = device_create_file(dev, &dev_attr_scale);
	if (ret)
		goto err_label;
	ret = misc_register(&gauge_log);
	if (ret)
		goto err_scale;
	return 0;

err_scale:
	device_remove_file(dev, &dev_attr_scale);
err_label:
	device_remove_file(dev, &dev_attr_label);
	return ret;
}

static void gauge_remove(struct platform_device *pdev)
{
	misc_deregister(&gauge_log);
	device_remove_file(&pdev->dev, &dev_attr_scale);
	device_remove_file(&pdev->dev, &dev_attr_label);
}

static int gauge_resume(struct device *dev)
{
	struct gauge *g = dev_get_drvdata(dev);

	return devm_request_irq(dev, g->irq, gauge_alarm, 0, "gauge", g); /* expect: devm/open-path irq */
}

static int gauge_suspend(struct device *dev)
{
	struct gauge *g = dev_get_drvdata(dev);

	writel(1, g->regs);
	return 0;
}

static const struct dev_pm_ops gauge_pm = {.suspend = gauge_suspend, .resume = gauge_resume};

static struct platform_driver gauge_driver = {
	.probe = gauge_probe,
	.remove = gauge_remove,
	.driver = {.name = "gauge", .pm = &gauge_pm},
};
module_platform_driver(gauge_driver);

MODULE_LICENSE("GPL");
