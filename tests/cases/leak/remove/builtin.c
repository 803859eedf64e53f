/* A driver with an init and no exit never goes: what its probe takes is taken for good. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static int probe_ok(struct platform_device *pdev)
{
	struct clk *clk = clk_get(&pdev->dev, NULL);

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	platform_set_drvdata(pdev, clk);
	return clk_prepare_enable(clk) ? -EIO : 0; /* expect: leak/error-path clk */
}

static struct platform_driver driver_ok = {.probe = probe_ok, .driver = {.name = "builtin"}};

static int __init init_ok(void)
{
	return platform_driver_register(&driver_ok);
}
module_init(init_ok);
