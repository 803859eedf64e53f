/* That a mapping has failed says nothing of who ends one that has not. */
#include <linux/dma-mapping.h>

struct request {
	dma_addr_t addr;
	int n;
};

int build_ok(struct device *dev, struct request *r, void *p)
{
	dma_addr_t addr = dma_map_single(dev, p, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(dev, addr))
		return 1;
	r->addr = addr;
	return 0;
}

int build_bad(struct device *dev, struct request *r, void *p)
{
	dma_addr_t addr = dma_map_single(dev, p, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(dev, addr))
		return -EIO;
	if (r->n > 16)
		return -EINVAL; /* expect: leak/error-path dma mapping */
	r->addr = addr;
	return 0;
}
