/* A parameter of an unknown function may be NULL; a member access may not. */
#include <linux/platform_device.h>

struct platform_device *child_bad(struct device *parent)
{
	struct platform_device *pdev = platform_device_alloc("child", 0);

	pdev->dev.parent = parent; /* expect: check/unchecked */
	return pdev;
}

struct platform_device *child_ok(struct device *parent)
{
	struct platform_device *pdev = platform_device_alloc("child", 0);

	if (!pdev)
		return NULL;
	pdev->dev.parent = parent;
	return pdev;
}
