#ifndef _LINUX_RESET_H
#define _LINUX_RESET_H

#include <linux/err.h>

struct device;
struct reset_control;

struct reset_control *devm_reset_control_get_exclusive(struct device *dev, const char *id);
struct reset_control *devm_reset_control_get_optional_exclusive(struct device *dev, const char *id);
struct reset_control *reset_control_get_exclusive(struct device *dev, const char *id);
void reset_control_put(struct reset_control *rstc);
int reset_control_assert(struct reset_control *rstc);
int reset_control_deassert(struct reset_control *rstc);

#endif
