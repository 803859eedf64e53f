/* Which of the two members a helper fills and clears depends on its argument: two calls, two buffers. */
#include <linux/dma-mapping.h>
#include <linux/errno.h>

struct rings {
	void *rx, *tx;
	dma_addr_t rx_dma, tx_dma;
};

int rings_start(struct rings *r);

static int ring_init(struct device *dev, struct rings *r, bool rx)
{
	dma_addr_t dma;
	void *buf = dma_alloc_coherent(dev, 64, &dma, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	if (rx) {
		r->rx = buf;
		r->rx_dma = dma;
	} else {
		r->tx = buf;
		r->tx_dma = dma;
	}
	return 0;
}

static void ring_exit(struct device *dev, struct rings *r, bool rx)
{
	void *buf = rx ? r->rx : r->tx;

	if (!buf)
		return;
	dma_free_coherent(dev, 64, buf, rx ? r->rx_dma : r->tx_dma); /* expect: free/double dma memory */
}

int both_ok(struct device *dev, struct rings *r)
{
	int ret = ring_init(dev, r, true);

	if (ret)
		return ret;
	ret = ring_init(dev, r, false);
	if (ret)
		goto free_rx;
	ret = rings_start(r);
	if (ret)
		goto free_tx;
	return 0;
free_tx:
	ring_exit(dev, r, false);
free_rx:
	ring_exit(dev, r, true);
	return ret; /* xfail-fp: the cases of the helper that release nothing are one */
}

int both_bad(struct device *dev, struct rings *r)
{
	int ret = ring_init(dev, r, true);

	if (ret)
		return ret;
	ret = rings_start(r);
	if (ret) {
		ring_exit(dev, r, true);
		ring_exit(dev, r, true);
	}
	return ret; /* xfail-fp: the cases of the helper that release nothing are one */
}
