/*
 * What goes wrong with managed resources: freed by hand with the unmanaged function, taken anew by every open, and an
 * interrupt that outlives the memory its handler uses.
 */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct life {
	struct device *dev;
	void __iomem *regs;
	u32 *samples;
};

static struct life *life_the_one;

static irqreturn_t life_irq(int irq, void *data)
{
	struct life *l = data;

	l->samples[0] = readl(l->regs);
	return IRQ_HANDLED;
}

static int life_open(struct inode *inode, struct file *file)
{
	u8 *page;

	page = devm_kzalloc(life_the_one->dev, PAGE_SIZE, GFP_KERNEL); /* expect: devm/open-path memory */
	if (!page)
		return -ENOMEM;
	file->private_data = page;
	return 0;
}

static int life_open_right(struct inode *inode, struct file *file)
{
	u8 *page;

	page = kzalloc(PAGE_SIZE, GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	file->private_data = page;
	return 0;
}

static int life_release_right(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static const struct file_operations life_fops = {.owner = THIS_MODULE, .open = life_open};
static const struct file_operations life_fops_right = {
	.owner = THIS_MODULE, .open = life_open_right, .release = life_release_right};
static struct miscdevice life_misc = {.minor = MISC_DYNAMIC_MINOR, .name = "life", .fops = &life_fops};
static struct miscdevice life_misc_right = {.minor = MISC_DYNAMIC_MINOR, .name = "life1", .fops = &life_fops_right};

static int life_self_test(struct life *l)
{
	u8 *pattern;

	pattern = devm_kmalloc(l->dev, 64, GFP_KERNEL);
	if (!pattern)
		return -ENOMEM;
	memset(pattern, 0x5a, 64);
	kfree(pattern); /* expect: free/managed memory */
	return 0;
}

static int life_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct life *l;
	int irq, ret;

	l = devm_kzalloc(dev, sizeof(*l), GFP_KERNEL);
	if (!l)
		return -ENOMEM;
	l->dev = dev;

	l->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(l->regs))
		return PTR_ERR(l->regs);

	ret = life_self_test(l);
	if (ret)
		return ret;

	l->samples = kcalloc(64, sizeof(*l->samples), GFP_KERNEL); /* expect: devm/candidate memory */
	if (!l->samples)
		return -ENOMEM;

	life_the_one = l;
	platform_set_drvdata(pdev, l);
	ret = misc_register(&life_misc);
	if (ret)
		goto err_free;
	ret = misc_register(&life_misc_right);
	if (ret)
		goto err_misc;

	irq = platform_get_irq(pdev, 0);
	if (irq < 0) {
		ret = irq;
		goto err_right;
	}
	ret = devm_request_irq(dev, irq, life_irq, 0, "life", l);
	if (ret)
		goto err_right;
	return 0;

err_right:
	misc_deregister(&life_misc_right);
err_misc:
	misc_deregister(&life_misc);
err_free:
	kfree(l->samples);
	return ret;
}

static void life_remove(struct platform_device *pdev)
{
	struct life *l = platform_get_drvdata(pdev);

	misc_deregister(&life_misc_right);
	misc_deregister(&life_misc);
	kfree(l->samples); /* expect: devm/order */
}

static struct platform_driver life_driver = {
	.probe = life_probe,
	.remove = life_remove,
	.driver = {.name = "life"},
};
module_platform_driver(life_driver);

MODULE_LICENSE("GPL");
