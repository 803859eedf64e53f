#ifndef _LINUX_ETHERDEVICE_H
#define _LINUX_ETHERDEVICE_H

#include <linux/netdevice.h>

void eth_hw_addr_random(struct net_device *dev);

#endif
