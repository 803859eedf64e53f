/*
 * A small Ethernet MAC. ndo_open forgets its receive buffer when the interrupt cannot be had, ndo_stop never gives the
 * spare buffer back, and the handler drops a short packet without freeing it.
 */
#include <linux/clk.h>
#include <linux/etherdevice.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>

#define MINIETH_BUF 2048

struct minieth {
	struct net_device *ndev;
	void __iomem *regs;
	struct clk *clk;
	u8 *rx;
	u8 *spare;
};

static irqreturn_t minieth_irq(int irq, void *data)
{
	struct net_device *ndev = data;
	struct minieth *m = netdev_priv(ndev);
	struct sk_buff *skb;
	unsigned int len = readl(m->regs);

	skb = netdev_alloc_skb(ndev, len);
	if (!skb) {
		ndev->stats.rx_dropped++;
		return IRQ_HANDLED;
	}
	if (len < 14)
		return IRQ_NONE; /* expect: leak/early-return skb */

	skb_put_data(skb, m->rx, len);
	netif_rx(skb);
	return IRQ_HANDLED;
}

static int minieth_open(struct net_device *ndev)
{
	struct minieth *m = netdev_priv(ndev);
	int ret;

	m->rx = kzalloc(MINIETH_BUF, GFP_KERNEL);
	if (!m->rx)
		return -ENOMEM;

	m->spare = kzalloc(MINIETH_BUF, GFP_KERNEL);
	if (!m->spare) {
		kfree(m->rx);
		return -ENOMEM;
	}

	ret = request_irq(ndev->irq, minieth_irq, 0, ndev->name, ndev);
	if (ret) {
		kfree(m->spare);
		return ret; /* expect: leak/error-path memory */
	}
	netif_start_queue(ndev);
	return 0;
}

static int minieth_stop(struct net_device *ndev)
{
	struct minieth *m = netdev_priv(ndev);

	netif_stop_queue(ndev);
	free_irq(ndev->irq, ndev);
	kfree(m->rx);
	return 0; /* expect: leak/open-release memory */
}

static netdev_tx_t minieth_xmit(struct sk_buff *skb, struct net_device *ndev)
{
	struct minieth *m = netdev_priv(ndev);

	if (skb->len > MINIETH_BUF) {
		ndev->stats.tx_dropped++;
		dev_kfree_skb_any(skb);
		return NETDEV_TX_OK;
	}
	writel(skb->len, m->regs + 4);
	ndev->stats.tx_packets++;
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops minieth_ops = {
	.ndo_open = minieth_open,
	.ndo_stop = minieth_stop,
	.ndo_start_xmit = minieth_xmit,
};

static int minieth_probe(struct platform_device *pdev)
{
	struct net_device *ndev;
	struct minieth *m;
	int ret;

	ndev = alloc_etherdev(sizeof(*m));
	if (!ndev)
		return -ENOMEM;
	SET_NETDEV_DEV(ndev, &pdev->dev);
	m = netdev_priv(ndev);
	m->ndev = ndev;
	ndev->netdev_ops = &minieth_ops;
	eth_hw_addr_random(ndev);

	m->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(m->regs)) {
		ret = PTR_ERR(m->regs);
		goto err_free;
	}

	ret = platform_get_irq(pdev, 0);
	if (ret < 0)
		goto err_free;
	ndev->irq = ret;

	m->clk = devm_clk_get(&pdev->dev, NULL);
	if (IS_ERR(m->clk)) {
		ret = PTR_ERR(m->clk);
		goto err_free;
	}

	ret = clk_prepare_enable(m->clk);
	if (ret)
		goto err_free;

	ret = register_netdev(ndev);
	if (ret)
		goto err_clk;

	platform_set_drvdata(pdev, ndev);
	return 0;

err_clk:
	clk_disable_unprepare(m->clk);
err_free:
	free_netdev(ndev);
	return ret;
}

static void minieth_remove(struct platform_device *pdev)
{
	struct net_device *ndev = platform_get_drvdata(pdev);
	struct minieth *m = netdev_priv(ndev);

	unregister_netdev(ndev);
	clk_disable_unprepare(m->clk);
	free_netdev(ndev);
}

static struct platform_driver minieth_driver = {
	.probe = minieth_probe,
	.remove = minieth_remove,
	.driver = {.name = "minieth"},
};
module_platform_driver(minieth_driver);

MODULE_LICENSE("GPL");
