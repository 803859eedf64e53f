#include <linux/errno.h>
#include <linux/power_supply.h>

int level(struct power_supply *psy);

int supply_bad(void)
{
	struct power_supply *psy = power_supply_get_by_name("battery");

	if (!psy)
		return -ENODEV;
	if (level(psy) < 0)
		return -EINVAL; /* expect: leak/error-path power_supply */
	power_supply_put(psy);
	return 0;
}

int supply_ok(void)
{
	struct power_supply *psy = power_supply_get_by_name("battery");
	int ret;

	if (!psy)
		return -ENODEV;
	ret = level(psy) < 0 ? -EINVAL : 0;
	power_supply_put(psy);
	return ret;
}
