/* A managed interrupt handler outlives what it uses; and what the device releases is released by hand. */
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct meter {
	void __iomem *regs;
	int *samples;
	int irq;
};

static irqreturn_t meter_irq(int irq, void *data)
{
	struct meter *m = data;

	m->samples[0]++;
	return IRQ_HANDLED;
}

static int meter_probe(struct platform_device *pdev)
{
	struct meter *m;
	int ret;

	m = devm_kzalloc(&pdev->dev, sizeof(*m), GFP_KERNEL);
	if (!m)
		return -ENOMEM;
	m->samples = kcalloc(64, sizeof(*m->samples), GFP_KERNEL);
	if (!m->samples)
		return -ENOMEM;
	ret = devm_request_irq(&pdev->dev, 5, meter_irq, 0, "meter", m);
	if (ret) {
		kfree(m->samples);
		return ret;
	}
	platform_set_drvdata(pdev, m);
	return 0;
}

static void meter_remove(struct platform_device *pdev)
{
	struct meter *m = platform_get_drvdata(pdev);

	kfree(m->samples);
}

static struct platform_driver meter_driver = {
	.probe = meter_probe,
	.remove = meter_remove,
	.driver = {.name = "meter"},
};
module_platform_driver(meter_driver);

static int gauge_probe(struct platform_device *pdev)
{
	void __iomem *regs = devm_ioremap(&pdev->dev, 0x1000, 16);
	int ret;

	if (!regs)
		return -ENOMEM;
	ret = readl(regs);
	if (ret < 0)
		goto unmap;
	return 0;
unmap:
	iounmap(regs);
	return ret;
}

static struct platform_driver gauge_driver = {
	.probe = gauge_probe,
	.driver = {.name = "gauge"},
};
module_platform_driver(gauge_driver);
