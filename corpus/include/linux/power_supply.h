#ifndef _LINUX_POWER_SUPPLY_H
#define _LINUX_POWER_SUPPLY_H

#include <linux/device.h>

struct power_supply;

struct power_supply *power_supply_get_by_name(const char *name);
void power_supply_put(struct power_supply *psy);
void power_supply_changed(struct power_supply *psy);

#endif
