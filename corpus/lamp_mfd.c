/*
 * Functions of a bigger device, each with a device and a driver of its own. What they take managed must hang on their
 * own device: the parent stays bound when they go, and keeps what was taken in its name; bound again, they take it once
 * more. The lamp does it wrong, the dimmer as it should be, and both may look at what the parent owns.
 */
#include <linux/clk.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct board {
	void __iomem *regs;
};

struct lamp {
	struct board *board;
	struct clk *clk;
	u32 *levels;
};

static irqreturn_t lamp_irq(int irq, void *data)
{
	struct lamp *l = data;

	writel(l->levels[0], l->board->regs);
	return IRQ_HANDLED;
}

static int lamp_probe(struct platform_device *pdev)
{
	struct device *parent = pdev->dev.parent;
	struct lamp *l;

	l = devm_kzalloc(&pdev->dev, sizeof(*l), GFP_KERNEL);
	if (!l)
		return -ENOMEM;
	l->board = dev_get_drvdata(parent);
	l->levels = devm_kcalloc(parent, 16, sizeof(*l->levels), GFP_KERNEL); /* expect: devm/lifetime memory */
	if (!l->levels)
		return -ENOMEM;
	platform_set_drvdata(pdev, l);
	return 0;
}

static void lamp_remove(struct platform_device *pdev)
{
	struct lamp *l = platform_get_drvdata(pdev);

	writel(0, l->board->regs);
}

static struct platform_driver lamp_driver = {
	.probe = lamp_probe,
	.remove = lamp_remove,
	.driver = {.name = "board-lamp"},
};
module_platform_driver(lamp_driver);

static int flash_probe(struct platform_device *pdev)
{
	struct lamp *l;

	l = devm_kzalloc(&pdev->dev, sizeof(*l), GFP_KERNEL);
	if (!l)
		return -ENOMEM;
	l->board = dev_get_drvdata(pdev->dev.parent);
	l->clk = devm_clk_get(pdev->dev.parent, "flash"); /* expect: devm/lifetime clk */
	if (IS_ERR(l->clk))
		return PTR_ERR(l->clk);
	platform_set_drvdata(pdev, l);
	return clk_prepare_enable(l->clk);
}

static void flash_remove(struct platform_device *pdev)
{
	struct lamp *l = platform_get_drvdata(pdev);

	clk_disable_unprepare(l->clk);
}

static struct platform_driver flash_driver = {
	.probe = flash_probe,
	.remove = flash_remove,
	.driver = {.name = "board-flash"},
};
module_platform_driver(flash_driver);

static int dimmer_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct lamp *l;
	int irq;

	l = devm_kzalloc(dev, sizeof(*l), GFP_KERNEL);
	if (!l)
		return -ENOMEM;
	l->board = dev_get_drvdata(dev->parent);
	l->levels = devm_kcalloc(dev, 16, sizeof(*l->levels), GFP_KERNEL);
	if (!l->levels)
		return -ENOMEM;
	l->clk = devm_clk_get(dev, NULL);
	if (IS_ERR(l->clk))
		return PTR_ERR(l->clk);
	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	platform_set_drvdata(pdev, l);
	return devm_request_irq(dev, irq, lamp_irq, 0, "dimmer", l);
}

static struct platform_driver dimmer_driver = {
	.probe = dimmer_probe,
	.driver = {.name = "board-dimmer"},
};
module_platform_driver(dimmer_driver);

MODULE_LICENSE("GPL");
