/* A failed registration has initialised the device: it must be put. */
#include <linux/platform_device.h>
#include <linux/slab.h>

int alloc_add_bad(void)
{
	struct platform_device *pdev = platform_device_alloc("x", 0);
	int ret;

	if (!pdev)
		return -ENOMEM;
	ret = platform_device_add(pdev);
	if (ret)
		return ret; /* expect: leak/error-path device_ref */
	return 0;
}

int alloc_add_ok(void)
{
	struct platform_device *pdev = platform_device_alloc("x", 0);
	int ret;

	if (!pdev)
		return -ENOMEM;
	ret = platform_device_add(pdev);
	if (ret)
		platform_device_put(pdev);
	return ret;
}
