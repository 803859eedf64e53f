/* devres goes backwards: what was allocated after the interrupt is freed before it. */
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct priv {
	u32 *samples;
};

static irqreturn_t handler(int irq, void *data)
{
	struct priv *p = data;

	p->samples[0]++;
	return IRQ_HANDLED;
}

static int probe_bad(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = devm_request_irq(&pdev->dev, 5, handler, 0, "x", p); /* expect: devm/order */ /* xfail-fn: order of managed resources is not compared yet */
	if (ret)
		return ret;
	p->samples = devm_kzalloc(&pdev->dev, 64, GFP_KERNEL);
	if (!p->samples)
		return -ENOMEM;
	return 0;
}

static int probe_ok(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->samples = devm_kzalloc(&pdev->dev, 64, GFP_KERNEL);
	if (!p->samples)
		return -ENOMEM;
	return devm_request_irq(&pdev->dev, 5, handler, 0, "x", p);
}

struct platform_driver driver_bad = {.probe = probe_bad};
struct platform_driver driver_ok = {.probe = probe_ok};
