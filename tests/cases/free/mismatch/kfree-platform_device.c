/* platform_device_alloc() initialises the device inside: only the put may free it. */
#include <linux/platform_device.h>

int pdev_bad(void)
{
	struct platform_device *pdev = platform_device_alloc("x", -1);
	int ret;

	if (!pdev)
		return -ENOMEM;
	ret = platform_device_add(pdev);
	if (ret)
		kfree(pdev); /* expect: free/mismatch device_ref */
	return ret;
}

int pdev_ok(void)
{
	struct platform_device *pdev = platform_device_alloc("x", -1);
	int ret;

	if (!pdev)
		return -ENOMEM;
	ret = platform_device_add(pdev);
	if (ret)
		platform_device_put(pdev);
	return ret;
}
