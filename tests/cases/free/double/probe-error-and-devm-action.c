/* The error path undoes what the armed action will undo once more. */
#include <linux/clk.h>
#include <linux/platform_device.h>

static void disable_clock(void *clk)
{
	clk_disable_unprepare(clk);
}

static int probe_bad(struct platform_device *pdev)
{
	struct clk *clk = devm_clk_get(&pdev->dev, NULL);
	int ret;

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	ret = clk_prepare_enable(clk);
	if (ret)
		return ret;
	ret = devm_add_action_or_reset(&pdev->dev, disable_clock, clk);
	if (ret)
		clk_disable_unprepare(clk); /* expect: free/double clk */
	return ret;
}

static int probe_ok(struct platform_device *pdev)
{
	struct clk *clk = devm_clk_get(&pdev->dev, NULL);
	int ret;

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	ret = clk_prepare_enable(clk);
	if (ret)
		return ret;
	ret = devm_add_action(&pdev->dev, disable_clock, clk);
	if (ret)
		clk_disable_unprepare(clk);
	return ret;
}

struct platform_driver driver_bad = {.probe = probe_bad};
struct platform_driver driver_ok = {.probe = probe_ok};
