/* A driver without a remove function. */
#include <linux/platform_device.h>
#include <linux/slab.h>

static int probe_bad(struct platform_device *pdev)
{
	u8 *p = kzalloc(64, GFP_KERNEL); /* expect: leak/remove memory */

	if (!p)
		return -ENOMEM;
	platform_set_drvdata(pdev, p);
	return 0;
}

struct platform_driver driver_bad = {.probe = probe_bad};

static int probe_ok(struct platform_device *pdev)
{
	u8 *p = devm_kzalloc(&pdev->dev, 64, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	platform_set_drvdata(pdev, p);
	return 0;
}

struct platform_driver driver_ok = {.probe = probe_ok};
