#ifndef _LINUX_PHY_PHY_H
#define _LINUX_PHY_PHY_H

#include <linux/err.h>

struct device;
struct phy;

struct phy *devm_phy_get(struct device *dev, const char *id);
struct phy *phy_get(struct device *dev, const char *id);
void phy_put(struct device *dev, struct phy *phy);
int phy_init(struct phy *phy);
int phy_exit(struct phy *phy);
int phy_power_on(struct phy *phy);
int phy_power_off(struct phy *phy);

#endif
