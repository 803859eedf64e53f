/* The managed interrupt is freed after remove: until then its handler uses freed memory. */
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
	p->samples = kzalloc(64, GFP_KERNEL); /* expect: devm/candidate memory */
	if (!p->samples)
		return -ENOMEM;
	platform_set_drvdata(pdev, p);
	ret = devm_request_irq(&pdev->dev, 5, handler, 0, "x", p);
	if (ret)
		kfree(p->samples);
	return ret;
}

static void remove_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	kfree(p->samples); /* expect: devm/order */
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

static irqreturn_t blind(int irq, void *data)
{
	return IRQ_HANDLED;
}

/* The handler never looks at what it gets. */
static int probe_blind_ok(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL); /* expect: devm/candidate memory */
	int ret;

	if (!p)
		return -ENOMEM;
	ret = devm_request_irq(&pdev->dev, 5, blind, 0, "x", p);
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

static void remove_blind_ok(struct platform_device *pdev)
{
	kfree(platform_get_drvdata(pdev));
}

struct platform_driver driver_blind = {.probe = probe_blind_ok, .remove = remove_blind_ok};
struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_ok};
