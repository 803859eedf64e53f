/* netdev_priv() memory is part of the device. */
#include <linux/clk.h>
#include <linux/netdevice.h>

struct priv {
	struct clk *clk;
};

void teardown_bad(struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);

	unregister_netdev(ndev);
	free_netdev(ndev);
	clk_disable_unprepare(p->clk); /* expect: free/use-after net_device */ /* xfail-fn: netdev_priv() memory is not part of the device */
}

void teardown_ok(struct net_device *ndev)
{
	struct priv *p = netdev_priv(ndev);

	unregister_netdev(ndev);
	clk_disable_unprepare(p->clk);
	free_netdev(ndev);
}
