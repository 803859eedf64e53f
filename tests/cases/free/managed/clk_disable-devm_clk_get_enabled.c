/* devm_clk_get_enabled() switches the clock off by itself. */
#include <linux/clk.h>
#include <linux/platform_device.h>

static int probe_any(struct platform_device *pdev)
{
	struct clk *clk = devm_clk_get_enabled(&pdev->dev, NULL);

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	platform_set_drvdata(pdev, clk);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	clk_disable_unprepare(platform_get_drvdata(pdev)); /* expect: free/managed clk */ /* xfail-fn: managed counts are not looked at */
}

static void remove_ok(struct platform_device *pdev)
{
	struct clk *clk = platform_get_drvdata(pdev);

	dev_info(&pdev->dev, "%lu\n", clk_get_rate(clk));
}

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
