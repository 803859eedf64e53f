/* Objects with a destructor of their own. */
#include <linux/netdevice.h>

int setup(struct net_device *ndev);

struct net_device *ndev_bad(void)
{
	struct net_device *ndev = alloc_etherdev(64);

	if (!ndev)
		return NULL;
	if (setup(ndev)) {
		kfree(ndev); /* expect: free/mismatch net_device */
		return NULL;
	}
	return ndev;
}

struct net_device *ndev_ok(void)
{
	struct net_device *ndev = alloc_etherdev(64);

	if (!ndev)
		return NULL;
	if (setup(ndev)) {
		free_netdev(ndev);
		return NULL;
	}
	return ndev;
}
