/* A failed registration leaves the device allocated: it must be put. */
#include <linux/platform_device.h>

int alloc_add_bad(struct platform_device **out)
{
	struct platform_device *pdev = platform_device_alloc("x", 0);
	int ret;

	if (!pdev)
		return -ENOMEM;
	ret = platform_device_add(pdev);
	if (ret)
		return ret; /* expect: leak/error-path platform_device */
	*out = pdev;
	return 0;
}

int alloc_add_ok(struct platform_device **out)
{
	struct platform_device *pdev = platform_device_alloc("x", 0);
	int ret;

	if (!pdev)
		return -ENOMEM;
	ret = platform_device_add(pdev);
	if (ret) {
		platform_device_put(pdev);
		return ret;
	}
	*out = pdev;
	return 0;
}
