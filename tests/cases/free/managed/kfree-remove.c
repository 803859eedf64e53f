/* Allocated with the device in probe, freed by hand in remove. */
#include <linux/platform_device.h>
#include <linux/slab.h>

static int probe_any(struct platform_device *pdev)
{
	u8 *p = devm_kzalloc(&pdev->dev, 64, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	platform_set_drvdata(pdev, p);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	kfree(platform_get_drvdata(pdev)); /* expect: free/managed memory */
}

static void remove_ok(struct platform_device *pdev)
{
	platform_set_drvdata(pdev, NULL);
}

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
