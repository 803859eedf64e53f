/* Driver data set before the failure does not make the memory anybody's: remove is not called. */
#include <linux/platform_device.h>
#include <linux/slab.h>

struct priv {
	int irq;
};

static int probe_bad(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL); /* expect: devm/candidate memory */

	if (!p)
		return -ENOMEM;
	platform_set_drvdata(pdev, p);
	p->irq = platform_get_irq(pdev, 0);
	if (p->irq < 0)
		return p->irq; /* expect: leak/error-path memory */
	return 0;
}

static int probe_ok(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL); /* expect: devm/candidate memory */
	int irq;

	if (!p)
		return -ENOMEM;
	platform_set_drvdata(pdev, p);
	irq = platform_get_irq(pdev, 0);
	if (irq < 0) {
		kfree(p);
		return irq;
	}
	p->irq = irq;
	return 0;
}

static void remove_any(struct platform_device *pdev)
{
	kfree(platform_get_drvdata(pdev));
}

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_any};
struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_any};
