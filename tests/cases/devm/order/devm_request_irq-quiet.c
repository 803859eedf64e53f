/* A managed interrupt whose line stays quiet until somebody enables it: while probe fails, its handler does not run. */
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct priv {
	u32 samples;
};

static irqreturn_t handler(int irq, void *data)
{
	struct priv *p = data;

	p->samples++;
	return IRQ_HANDLED;
}

static int probe_bad(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL); /* expect: devm/candidate memory */
	int ret;

	if (!p)
		return -ENOMEM;
	ret = devm_request_irq(&pdev->dev, 5, handler, 0, "x", p);
	if (ret)
		goto err;
	ret = platform_get_irq(pdev, 1);
	if (ret < 0)
		goto err;
	platform_set_drvdata(pdev, p);
	return 0;
err:
	kfree(p); /* expect: devm/order irq */
	return ret;
}

static int probe_ok(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL); /* expect: devm/candidate memory */
	int ret;

	if (!p)
		return -ENOMEM;
	ret = devm_request_irq(&pdev->dev, 5, handler, IRQF_NO_AUTOEN, "x", p);
	if (ret)
		goto err;
	ret = platform_get_irq(pdev, 1);
	if (ret < 0)
		goto err;
	platform_set_drvdata(pdev, p);
	return 0;
err:
	kfree(p);
	return ret;
}

/* By then it may have been enabled. */
static void remove_bad(struct platform_device *pdev)
{
	kfree(platform_get_drvdata(pdev)); /* expect: devm/order irq */
}

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_bad};
