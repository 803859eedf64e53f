/* platform_device_alloc() initialises the device inside: only the put may free it. */
#include <linux/platform_device.h>

struct platform_device *pdev_bad(void)
{
	struct platform_device *pdev = platform_device_alloc("x", -1);

	if (!pdev)
		return NULL;
	if (platform_device_add(pdev)) {
		kfree(pdev); /* expect: free/mismatch platform_device */ /* xfail-fn: told as a leak in the next line */
		return NULL;						 /* xfail-fp: is a wrong kind of release */
	}
	return pdev;
}

struct platform_device *pdev_ok(void)
{
	struct platform_device *pdev = platform_device_alloc("x", -1);

	if (!pdev)
		return NULL;
	if (platform_device_add(pdev)) {
		platform_device_put(pdev);
		return NULL;
	}
	return pdev;
}
