/* A callback that fails is not called back to clean up: no sibling path is needed to see the leak. */
#include <linux/clk.h>
#include <linux/platform_device.h>

struct priv {
	struct clk *clk;
	void __iomem *regs;
};

static int init_hw(struct priv *p, struct platform_device *pdev)
{
	p->regs = devm_platform_ioremap_resource(pdev, 0);
	return PTR_ERR_OR_ZERO(p->regs);
}

static int probe_bad(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	p->clk = devm_clk_get(&pdev->dev, NULL);
	if (IS_ERR(p->clk))
		return PTR_ERR(p->clk);
	platform_set_drvdata(pdev, p);
	ret = clk_prepare_enable(p->clk);
	if (ret)
		return ret;
	ret = init_hw(p, pdev);
	if (ret)
		return ret; /* expect: leak/error-path clk */
	return 0;
}

static int probe_ok(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	p->clk = devm_clk_get(&pdev->dev, NULL);
	if (IS_ERR(p->clk))
		return PTR_ERR(p->clk);
	platform_set_drvdata(pdev, p);
	ret = init_hw(p, pdev);
	if (ret)
		return ret;
	return clk_prepare_enable(p->clk);
}

static void remove_any(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	clk_disable_unprepare(p->clk);
}

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_any};
struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_any};
