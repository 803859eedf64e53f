#include <linux/phy/phy.h>
#include <linux/platform_device.h>

static int probe_bad(struct platform_device *pdev)
{
	struct phy *phy = devm_phy_get(&pdev->dev, "usb");
	int ret;

	if (IS_ERR(phy))
		return PTR_ERR(phy);
	platform_set_drvdata(pdev, phy);
	ret = phy_init(phy);
	if (ret)
		return ret;
	return phy_power_on(phy); /* expect: leak/error-path phy */
}

static int probe_ok(struct platform_device *pdev)
{
	struct phy *phy = devm_phy_get(&pdev->dev, "usb");
	int ret;

	if (IS_ERR(phy))
		return PTR_ERR(phy);
	platform_set_drvdata(pdev, phy);
	ret = phy_init(phy);
	if (ret)
		return ret;
	ret = phy_power_on(phy);
	if (ret)
		phy_exit(phy);
	return ret;
}

static void remove_any(struct platform_device *pdev)
{
	phy_power_off(platform_get_drvdata(pdev));
	phy_exit(platform_get_drvdata(pdev));
}

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_any};
struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_any};
