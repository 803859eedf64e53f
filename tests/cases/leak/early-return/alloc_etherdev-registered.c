/* A registered network device can be found by everybody. */
#include <linux/errno.h>
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

int confirm(void);

int create_ok(void)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	err = register_netdev(dev);
	if (err < 0) {
		free_netdev(dev);
		return err;
	}
	return 0;
}

int create_bad(void)
{
	struct net_device *dev = alloc_etherdev(64);
	int err;

	if (!dev)
		return -ENOMEM;
	if (confirm())
		return 0; /* expect: leak/early-return net_device */
	err = register_netdev(dev);
	if (err < 0) {
		free_netdev(dev);
		return err;
	}
	return 0;
}
