/* There is no callback that could give it back: the device does. */
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct meter {
	void __iomem *regs;
	int *samples;
	int irq;
};

int meter_reset(struct meter *m);

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
	ret = meter_reset(m);
	if (ret) {
		kfree(m->samples);
		return ret;
	}
	platform_set_drvdata(pdev, m);
	return 0;
}

static struct platform_driver meter_driver = {
	.probe = meter_probe,
	.driver = {.name = "meter"},
};
module_platform_driver(meter_driver);
