#ifndef _LINUX_OF_ADDRESS_H
#define _LINUX_OF_ADDRESS_H

#include <linux/ioport.h>
#include <linux/of.h>

void __iomem *of_iomap(struct device_node *np, int index);
int of_address_to_resource(struct device_node *np, int index, struct resource *r);

#endif
