#include <linux/interrupt.h>
#include <linux/netdevice.h>

static irqreturn_t handler(int irq, void *data)
{
	return IRQ_HANDLED;
}

static int open_any(struct net_device *ndev)
{
	int ret = request_irq(ndev->irq, handler, 0, ndev->name, ndev);

	if (ret)
		return ret;
	netif_start_queue(ndev);
	return 0;
}

static int stop_bad(struct net_device *ndev)
{
	netif_stop_queue(ndev);
	return 0; /* expect: leak/open-release irq */
}

const struct net_device_ops ops_bad = {.ndo_open = open_any, .ndo_stop = stop_bad};

static int stop_ok(struct net_device *ndev)
{
	netif_stop_queue(ndev);
	free_irq(ndev->irq, ndev);
	return 0;
}

const struct net_device_ops ops_ok = {.ndo_open = open_any, .ndo_stop = stop_ok};
