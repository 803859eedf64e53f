#ifndef _LINUX_OF_PLATFORM_H
#define _LINUX_OF_PLATFORM_H

#include <linux/of.h>

struct platform_device;

struct platform_device *of_find_device_by_node(struct device_node *np);
int of_platform_populate(struct device_node *root, const struct of_device_id *matches, const void *lookup,
			 struct device *parent);
void of_platform_depopulate(struct device *parent);
int devm_of_platform_populate(struct device *dev);

#endif
