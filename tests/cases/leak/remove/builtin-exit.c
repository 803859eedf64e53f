/* Built into the kernel, an exit is never called: devices that nobody can unbind by hand stay. */
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

static struct platform_driver driver_ok = {
	.probe = probe_ok,
	.driver = {.name = "suppressed", .suppress_bind_attrs = true},
};

/* Without that, unbinding by hand forgets what it holds. */
static int probe_bad(struct platform_device *pdev)
{
	void *state = kzalloc(16, GFP_KERNEL); /* expect: leak/remove memory */

	if (!state)
		return -ENOMEM;
	platform_set_drvdata(pdev, state);
	return 0;
}

static struct platform_driver driver_bad = {
	.probe = probe_bad,
	.driver = {.name = "unbound"},
};

static int start(void)
{
	int ret = platform_driver_register(&driver_ok);

	if (ret)
		return ret;
	ret = platform_driver_register(&driver_bad);
	if (ret)
		platform_driver_unregister(&driver_ok);
	return ret;
}
static void *__attribute__((used)) __UNIQUE_ID___addressable_start12 = (void *)&start;

static void stop(void)
{
	platform_driver_unregister(&driver_bad);
	platform_driver_unregister(&driver_ok);
}
static void (*__attribute__((used)) __exitcall_stop)(void) = stop;
