/* netdev_priv() is the same memory in both callbacks. */
#include <linux/netdevice.h>

struct priv {
	u8 *ring;
};

static int open_any(struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);

	p->ring = kzalloc(4096, GFP_KERNEL);
	if (!p->ring)
		return -ENOMEM;
	netif_start_queue(ndev);
	return 0;
}

static int stop_bad(struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);

	netif_stop_queue(ndev);
	p->ring = NULL;
	return 0; /* expect: leak/open-release memory */
}

const struct net_device_ops ops_bad = {.ndo_open = open_any, .ndo_stop = stop_bad};

static int stop_ok(struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);

	netif_stop_queue(ndev);
	kfree(p->ring);
	return 0;
}

const struct net_device_ops ops_ok = {.ndo_open = open_any, .ndo_stop = stop_ok};
