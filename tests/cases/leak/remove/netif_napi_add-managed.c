/* The end of a network device, by the driver core too, deletes the NAPI contexts that were added to it. */
#include <linux/netdevice.h>
#include <linux/platform_device.h>

struct port {
	struct net_device *ndev;
	struct napi_struct napi;
};

static int poll(struct napi_struct *napi, int budget)
{
	return 0;
}

static int open_port(struct platform_device *pdev, struct port *port)
{
	int ret;

	netif_napi_add(port->ndev, &port->napi, poll);
	ret = register_netdev(port->ndev);
	if (ret)
		netif_napi_del(&port->napi);
	else
		platform_set_drvdata(pdev, port);
	return ret;
}

static int probe_ok(struct platform_device *pdev)
{
	struct net_device *ndev = devm_alloc_etherdev(&pdev->dev, sizeof(struct port));
	struct port *port;

	if (!ndev)
		return -ENOMEM;
	port = netdev_priv(ndev);
	port->ndev = ndev;
	return open_port(pdev, port);
}

static void remove_ok(struct platform_device *pdev)
{
	struct port *port = platform_get_drvdata(pdev);

	unregister_netdev(port->ndev);
}

struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};

static struct net_device *shared;
static struct port only;

static int probe_bad(struct platform_device *pdev)
{
	only.ndev = shared;
	return open_port(pdev, &only);
}

static void remove_bad(struct platform_device *pdev)
{
	struct port *port = platform_get_drvdata(pdev);

	unregister_netdev(port->ndev);
} /* expect: leak/remove napi */

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};
