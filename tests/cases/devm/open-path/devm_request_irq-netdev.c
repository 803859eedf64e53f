#include <linux/interrupt.h>
#include <linux/netdevice.h>

static irqreturn_t handler(int irq, void *data)
{
	return IRQ_HANDLED;
}

static int open_bad(struct net_device *ndev)
{
	struct device *dev = ndev->dev.parent;

	return devm_request_irq(dev, ndev->irq, handler, 0, "x", ndev); /* expect: devm/open-path irq */
}

static int stop_bad(struct net_device *ndev)
{
	netif_stop_queue(ndev);
	return 0;
}

const struct net_device_ops ops_bad = {.ndo_open = open_bad, .ndo_stop = stop_bad};

static int open_ok(struct net_device *ndev)
{
	return request_irq(ndev->irq, handler, 0, ndev->name, ndev);
}

static int stop_ok(struct net_device *ndev)
{
	free_irq(ndev->irq, ndev);
	return 0;
}

const struct net_device_ops ops_ok = {.ndo_open = open_ok, .ndo_stop = stop_ok};
