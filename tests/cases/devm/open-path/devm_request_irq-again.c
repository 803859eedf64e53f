/* A callback that frees the managed interrupt and takes it anew piles nothing up. */
#include <linux/interrupt.h>
#include <linux/netdevice.h>

void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id);

static irqreturn_t handler(int irq, void *data)
{
	return IRQ_HANDLED;
}

static int open_ok(struct net_device *ndev)
{
	return devm_request_irq(ndev->dev.parent, ndev->irq, handler, 0, "x", ndev);
}

static int stop_ok(struct net_device *ndev)
{
	devm_free_irq(ndev->dev.parent, ndev->irq, ndev);
	return 0;
}

const struct net_device_ops ops_ok = {.ndo_open = open_ok, .ndo_stop = stop_ok};
