/* remove leaves early for a device that is not running. */
#include <linux/platform_device.h>
#include <linux/slab.h>

struct priv {
	void __iomem *regs;
};

static int probe_any(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL); /* expect: devm/candidate memory */

	if (!p)
		return -ENOMEM;
	p->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(p->regs)) {
		int ret = PTR_ERR(p->regs);

		kfree(p);
		return ret;
	}
	platform_set_drvdata(pdev, p);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	if (!readl(p->regs))
		return; /* expect: leak/remove memory */ /* xfail-fn: another path of remove releases it: conditions */
	writel(0, p->regs);
	kfree(p);
}

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};

static void remove_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	if (readl(p->regs))
		writel(0, p->regs);
	kfree(p);
}

struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
