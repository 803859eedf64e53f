/* What ndo_stop uses must be there until unregister_netdev() has called it. */
#include <linux/netdevice.h>
#include <linux/platform_device.h>

struct priv {
	u8 *ring;
};

static int stop_any(struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);

	p->ring[0] = 0;
	return 0;
}

static const struct net_device_ops ops_any = {.ndo_stop = stop_any};

static int probe_any(struct platform_device *pdev)
{
	struct net_device *ndev = alloc_etherdev(sizeof(struct priv));
	struct priv *p;
	int ret = -ENOMEM;

	if (!ndev)
		return -ENOMEM;
	p = netdev_priv(ndev);
	ndev->netdev_ops = &ops_any;
	p->ring = kzalloc(64, GFP_KERNEL);
	if (!p->ring)
		goto err;
	ret = register_netdev(ndev);
	if (ret)
		goto err;
	platform_set_drvdata(pdev, ndev);
	return 0;
err:
	kfree(p->ring);
	free_netdev(ndev);
	return ret;
}

static void remove_bad(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);
	struct priv *p = netdev_priv(ndev);

	kfree(p->ring); /* expect: free/use-after */
	unregister_netdev(ndev);
	free_netdev(ndev);
} /* xfail-fp: register_netdev() makes netdev_priv() memory unknown */

static void remove_ok(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);
	struct priv *p = netdev_priv(ndev);

	unregister_netdev(ndev);
	kfree(p->ring);
	free_netdev(ndev);
}

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
