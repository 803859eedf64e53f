#include <linux/clk.h>
#include <linux/platform_device.h>

static int probe_any(struct platform_device *pdev)
{
	struct clk *clk = devm_clk_get(&pdev->dev, NULL);

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	platform_set_drvdata(pdev, clk);
	return clk_prepare_enable(clk);
}

static void remove_bad(struct platform_device *pdev)
{
	dev_info(&pdev->dev, "gone\n");
} /* expect: leak/remove clk */

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};

static void remove_ok(struct platform_device *pdev)
{
	clk_disable_unprepare(platform_get_drvdata(pdev));
}

struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};

static int probe_managed_ok(struct platform_device *pdev)
{
	return PTR_ERR_OR_ZERO(devm_clk_get_enabled(&pdev->dev, NULL));
}

struct platform_driver driver_managed_ok = {.probe = probe_managed_ok};
