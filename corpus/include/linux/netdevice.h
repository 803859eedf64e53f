#ifndef _LINUX_NETDEVICE_H
#define _LINUX_NETDEVICE_H

#include <linux/device.h>
#include <linux/skbuff.h>

typedef enum netdev_tx { NETDEV_TX_OK = 0, NETDEV_TX_BUSY = 0x10 } netdev_tx_t;

struct net_device_ops {
	int (*ndo_init)(struct net_device *dev);
	void (*ndo_uninit)(struct net_device *dev);
	int (*ndo_open)(struct net_device *dev);
	int (*ndo_stop)(struct net_device *dev);
	void (*ndo_set_rx_mode)(struct net_device *dev);
	netdev_tx_t (*ndo_start_xmit)(struct sk_buff *skb, struct net_device *dev);
};

struct net_device_stats {
	unsigned long rx_packets, tx_packets, rx_dropped, tx_dropped;
};

struct net_device {
	char name[16];
	const struct net_device_ops *netdev_ops;
	const void *ethtool_ops;
	struct net_device_stats stats;
	unsigned int irq;
	u8 *dev_addr;
	struct device dev;
};

struct napi_struct {
	int (*poll)(struct napi_struct *napi, int budget);
	struct net_device *dev;
};

#define SET_NETDEV_DEV(net, pdev) ((net)->dev.parent = (pdev))

struct net_device *alloc_etherdev(int sizeof_priv);
struct net_device *devm_alloc_etherdev(struct device *dev, int sizeof_priv);
void free_netdev(struct net_device *dev);
int register_netdev(struct net_device *dev);
void unregister_netdev(struct net_device *dev);
int devm_register_netdev(struct device *dev, struct net_device *ndev);
void *netdev_priv(const struct net_device *dev);
void netif_start_queue(struct net_device *dev);
void netif_stop_queue(struct net_device *dev);
void netif_wake_queue(struct net_device *dev);
int netif_rx(struct sk_buff *skb);
u16 eth_type_trans(struct sk_buff *skb, struct net_device *dev);
void netif_napi_add(struct net_device *dev, struct napi_struct *napi, int (*poll)(struct napi_struct *, int));
void netif_napi_del(struct napi_struct *napi);
void napi_enable(struct napi_struct *napi);
void napi_disable(struct napi_struct *napi);
bool napi_schedule(struct napi_struct *napi);
bool napi_complete_done(struct napi_struct *napi, int work_done);
int napi_gro_receive(struct napi_struct *napi, struct sk_buff *skb);
struct net_device *dev_get_by_name(void *net, const char *name);
void dev_put(struct net_device *dev);
void dev_hold(struct net_device *dev);
__printf(2, 3) void netdev_err(const struct net_device *dev, const char *fmt, ...);

#endif
