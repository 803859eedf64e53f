#ifndef _LINUX_REGULATOR_CONSUMER_H
#define _LINUX_REGULATOR_CONSUMER_H

#include <linux/err.h>

struct device;
struct regulator;

struct regulator *__must_check regulator_get(struct device *dev, const char *id);
void regulator_put(struct regulator *regulator);
struct regulator *__must_check devm_regulator_get(struct device *dev, const char *id);
int __must_check regulator_enable(struct regulator *regulator);
int regulator_disable(struct regulator *regulator);
int regulator_set_voltage(struct regulator *regulator, int min_uv, int max_uv);

#endif
