/* The end of a platform device drops a reference to its node: it needs one of its own. */
#include <linux/of.h>
#include <linux/platform_device.h>

int child_add_bad(struct device *parent)
{
	struct platform_device *pdev = platform_device_alloc("child", 0);
	int ret;

	if (!pdev)
		return -ENOMEM;
	pdev->dev.of_node = parent->of_node;
	ret = platform_device_add(pdev); /* expect: free/unowned of_node */
	if (ret)
		platform_device_put(pdev);
	return ret;
}

int child_add_ok(struct device *parent)
{
	struct platform_device *pdev = platform_device_alloc("child", 0);
	int ret;

	if (!pdev)
		return -ENOMEM;
	pdev->dev.of_node = of_node_get(parent->of_node);
	ret = platform_device_add(pdev);
	if (ret)
		platform_device_put(pdev);
	return ret;
}
