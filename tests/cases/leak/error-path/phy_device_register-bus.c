/* A registered PHY is the bus's: mdiobus_unregister() frees it. */
#include <linux/err.h>
#include <linux/errno.h>

struct mii_bus;
struct phy_device;
struct phy_device *get_phy_device(struct mii_bus *bus, int addr, bool is_c45);
int phy_device_register(struct phy_device *phy);
void phy_device_free(struct phy_device *phy);
int attach(struct phy_device *phy);

int scan_ok(struct mii_bus *bus)
{
	struct phy_device *phy = get_phy_device(bus, 1, false);
	int err;

	if (IS_ERR(phy))
		return PTR_ERR(phy);
	err = phy_device_register(phy);
	if (err) {
		phy_device_free(phy);
		return err;
	}
	return attach(phy);
}

int scan_bad(struct mii_bus *bus)
{
	struct phy_device *phy = get_phy_device(bus, 1, false);
	int err;

	if (IS_ERR(phy))
		return PTR_ERR(phy);
	err = phy_device_register(phy);
	if (err)
		return err; /* expect: leak/error-path phy_device */
	return 0;
}
