/* The size must be the one that was asked for. */
#include <linux/dma-mapping.h>

struct ring {
	void *desc;
	dma_addr_t dma;
	unsigned int entries;
};

int ring_start(struct ring *ring);

int ring_open_bad(struct device *dev, struct ring *ring)
{
	int ret;

	ring->desc = dma_alloc_coherent(dev, ring->entries * 16, &ring->dma, GFP_KERNEL);
	if (!ring->desc)
		return -ENOMEM;
	ret = ring_start(ring);
	if (ret)
		dma_free_coherent(dev, ring->entries * 8, ring->desc, ring->dma); /* expect: free/mismatch dma memory */
	return ret;
}

int ring_open_ok(struct device *dev, struct ring *ring)
{
	int ret;

	ring->desc = dma_alloc_coherent(dev, ring->entries * 16, &ring->dma, GFP_KERNEL);
	if (!ring->desc)
		return -ENOMEM;
	ret = ring_start(ring);
	if (ret)
		dma_free_coherent(dev, ring->entries * 16, ring->desc, ring->dma);
	return ret;
}
