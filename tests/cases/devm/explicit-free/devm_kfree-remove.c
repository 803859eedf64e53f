/* Freeing by hand in remove what the device frees right afterwards: devm was the wrong choice, or this call is. */
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
	devm_kfree(&pdev->dev, platform_get_drvdata(pdev)); /* expect: devm/explicit-free memory */
}

static void remove_ok(struct platform_device *pdev)
{
	dev_info(&pdev->dev, "gone\n");
}

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
