/* Module init that fails after a step must undo it: exit is not called. */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static struct class *cls;
static struct platform_driver drv;

static int __init init_bad(void)
{
	cls = class_create("x");
	if (IS_ERR(cls))
		return PTR_ERR(cls);
	return platform_driver_register(&drv); /* expect: leak/error-path class */
}
module_init(init_bad);

int init_ok(void)
{
	int ret;

	cls = class_create("x");
	if (IS_ERR(cls))
		return PTR_ERR(cls);
	ret = platform_driver_register(&drv);
	if (ret)
		class_destroy(cls);
	return ret;
}

static void __exit exit_ok(void)
{
	platform_driver_unregister(&drv);
	class_destroy(cls);
}
module_exit(exit_ok);
