/* The interrupt is freed after the memory that its handler uses. */
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct priv {
	int irq, n;
};

static irqreturn_t handler(int irq, void *data)
{
	struct priv *p = data;

	p->n++;
	return IRQ_HANDLED;
}

static int probe_any(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL); /* expect: devm/candidate memory */
	int ret;

	if (!p)
		return -ENOMEM;
	p->irq = platform_get_irq(pdev, 0);
	ret = p->irq < 0 ? p->irq : request_irq(p->irq, handler, 0, "x", p);
	if (ret) {
		kfree(p);
		return ret;
	}
	platform_set_drvdata(pdev, p);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);
	int irq = p->irq;

	kfree(p); /* expect: free/use-after */
	free_irq(irq, p);
}

static void remove_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	free_irq(p->irq, p);
	kfree(p);
}

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
