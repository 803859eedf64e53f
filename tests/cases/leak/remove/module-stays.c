/* A driver that takes a reference to its own module does not want to go; one to another module is given back. */
#include <linux/platform_device.h>

struct module {
	int refs;
};
extern struct module __this_module;
bool try_module_get(struct module *module);
void module_put(struct module *module);

static int probe_ok(struct platform_device *pdev)
{
	return try_module_get(&__this_module) ? 0 : -ENODEV;
}

struct platform_driver driver_ok = {.probe = probe_ok};

struct peer {
	struct module *owner;
};

static int probe_bad(struct platform_device *pdev)
{
	struct peer *peer = dev_get_drvdata(pdev->dev.parent);

	return try_module_get(peer->owner) ? 0 : -ENODEV; /* expect: leak/remove module */
}

struct platform_driver driver_bad = {.probe = probe_bad};
