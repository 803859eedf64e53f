#include <linux/phy/phy.h>

int phy_bad(struct phy *phy)
{
	int ret = phy_init(phy);

	if (ret)
		return ret;
	return phy_power_on(phy); /* expect: leak/error-path phy */
}

int phy_ok(struct phy *phy)
{
	int ret = phy_init(phy);

	if (ret)
		return ret;
	ret = phy_power_on(phy);
	if (ret)
		phy_exit(phy);
	return ret;
}
