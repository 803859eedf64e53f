/* A driver with an init and no exit, whose devices nobody can unbind by hand: its remove never runs. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

static int probe_ok(struct platform_device *pdev)
{
	void *state = kzalloc(16, GFP_KERNEL);

	if (!state)
		return -ENOMEM;
	platform_set_drvdata(pdev, state);
	return 0;
}

static void remove_ok(struct platform_device *pdev)
{
	platform_set_drvdata(pdev, NULL);
}

static struct platform_driver driver_ok = {
	.probe = probe_ok,
	.remove = remove_ok,
	.driver = {.name = "suppressed", .suppress_bind_attrs = true},
};
builtin_platform_driver(driver_ok);

/* Without that, unbinding by hand runs it. */
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

struct platform_driver driver_bad = {
	.probe = probe_bad,
	.remove = remove_bad,
	.driver = {.name = "unbound", .suppress_bind_attrs = false},
};
