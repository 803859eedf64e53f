/* Built into the kernel, module_init() and module_exit() leave globals that name the functions (linux/init.h). */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/platform_device.h>

static struct class *cls;
static struct platform_driver drv;

static int start_bad(void)
{
	cls = class_create("x");
	if (IS_ERR(cls))
		return PTR_ERR(cls);
	return platform_driver_register(&drv); /* expect: leak/error-path class */
}
static void *__attribute__((used)) __UNIQUE_ID___addressable_start_bad12 = (void *)&start_bad;

/* Exported: others call it. */
int shared_ok(void)
{
	return 0;
}
static void *__attribute__((used)) __UNIQUE_ID___addressable_shared_ok13 = (void *)&shared_ok;

static void stop_ok(void)
{
	platform_driver_unregister(&drv);
	class_destroy(cls);
}
static void (*__attribute__((used)) __exitcall_stop_ok)(void) = stop_ok;
