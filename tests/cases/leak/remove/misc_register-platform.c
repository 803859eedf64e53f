#include <linux/miscdevice.h>
#include <linux/platform_device.h>

static struct miscdevice misc = {.minor = MISC_DYNAMIC_MINOR, .name = "x"};

static int probe_ok(struct platform_device *pdev)
{
	return misc_register(&misc);
}

static int probe_bad(struct platform_device *pdev)
{
	return misc_register(&misc); /* expect: leak/remove registration */
}

struct platform_driver driver_bad = {.probe = probe_bad};

static void remove_ok(struct platform_device *pdev)
{
	misc_deregister(&misc);
}

struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};
