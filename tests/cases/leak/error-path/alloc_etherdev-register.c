#include <linux/netdevice.h>

int net_bad(struct net_device **out)
{
	struct net_device *ndev = alloc_etherdev(64);
	int ret;

	if (!ndev)
		return -ENOMEM;
	ret = register_netdev(ndev);
	if (ret)
		return ret; /* expect: leak/error-path net_device */
	*out = ndev;
	return 0;
}

int net_ok(struct net_device **out)
{
	struct net_device *ndev = alloc_etherdev(64);
	int ret;

	if (!ndev)
		return -ENOMEM;
	ret = register_netdev(ndev);
	if (ret) {
		free_netdev(ndev);
		return ret;
	}
	*out = ndev;
	return 0;
}
