/* The device found carries a reference, the node looked up as well. */
#include <linux/of_platform.h>
#include <linux/platform_device.h>

struct user {
	struct device *provider;
};

int provider_bad(struct user *u, struct device_node *np)
{
	struct platform_device *pdev = of_find_device_by_node(np);

	if (!pdev)
		return -EPROBE_DEFER;
	if (!platform_get_drvdata(pdev))
		return -EPROBE_DEFER; /* expect: leak/error-path device */
	u->provider = &pdev->dev;
	return 0;
}

int provider_ok(struct user *u, struct device_node *np)
{
	struct platform_device *pdev = of_find_device_by_node(np);

	if (!pdev)
		return -EPROBE_DEFER;
	if (!platform_get_drvdata(pdev)) {
		put_device(&pdev->dev);
		return -EPROBE_DEFER;
	}
	u->provider = &pdev->dev;
	return 0;
}
