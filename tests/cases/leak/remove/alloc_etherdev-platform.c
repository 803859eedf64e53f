#include <linux/netdevice.h>
#include <linux/platform_device.h>

static int probe_any(struct platform_device *pdev)
{
	struct net_device *ndev = alloc_etherdev(0);
	int ret;

	if (!ndev)
		return -ENOMEM;
	ret = register_netdev(ndev);
	if (ret) {
		free_netdev(ndev);
		return ret;
	}
	platform_set_drvdata(pdev, ndev);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	unregister_netdev(platform_get_drvdata(pdev));
} /* expect: leak/remove net_device */

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};

static void remove_ok(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);

	unregister_netdev(ndev);
	free_netdev(ndev);
}

struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
