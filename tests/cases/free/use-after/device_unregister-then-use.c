/* device_unregister() drops the reference that kept the device. */
#include <linux/platform_device.h>

int last_bad(void)
{
	struct platform_device *pdev = platform_device_register_simple("x", -1, NULL, 0);

	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	platform_device_unregister(pdev);
	return pdev->id; /* expect: free/use-after platform_device */
}

int last_ok(void)
{
	struct platform_device *pdev = platform_device_register_simple("x", -1, NULL, 0);
	int id;

	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	id = pdev->id;
	platform_device_unregister(pdev);
	return id;
}
