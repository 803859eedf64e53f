#include <linux/device.h>
#include <linux/platform_device.h>

struct priv {
	int irq;
};

int probe_bad(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (IS_ERR(p)) /* expect: check/null-vs-errptr */
		return PTR_ERR(p);
	platform_set_drvdata(pdev, p);
	return 0;
}

int probe_ok(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	platform_set_drvdata(pdev, p);
	return 0;
}
