#ifndef _LINUX_OF_IRQ_H
#define _LINUX_OF_IRQ_H

#include <linux/of.h>

unsigned int irq_of_parse_and_map(struct device_node *np, int index);
void irq_dispose_mapping(unsigned int virq);
int of_irq_get(struct device_node *np, int index);

#endif
