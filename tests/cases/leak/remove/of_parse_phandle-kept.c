/* A reference kept for as long as the driver is bound. */
#include <linux/of.h>
#include <linux/platform_device.h>

struct priv {
	struct device_node *mdio;
};

static int probe_any(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->mdio = of_parse_phandle(pdev->dev.of_node, "mdio", 0);
	if (!p->mdio)
		return -ENODEV;
	platform_set_drvdata(pdev, p);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	p->mdio = NULL;
} /* expect: leak/remove of_node */

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};

static void remove_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	of_node_put(p->mdio);
}

struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
