/* Nobody can unbind the devices by hand, but unloading the module unbinds them all. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

static int probe_bad(struct platform_device *pdev)
{
	void *state = kzalloc(16, GFP_KERNEL);

	if (!state)
		return -ENOMEM;
	platform_set_drvdata(pdev, state);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	platform_set_drvdata(pdev, NULL);
} /* expect: leak/remove memory */

static struct platform_driver driver_bad = {
	.probe = probe_bad,
	.remove = remove_bad,
	.driver = {.name = "unloaded", .suppress_bind_attrs = true},
};
module_platform_driver(driver_bad);
