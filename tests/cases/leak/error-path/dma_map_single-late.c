#include <linux/dma-mapping.h>

int start(dma_addr_t dma);

int map_bad(struct device *dev, void *buf)
{
	dma_addr_t dma = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(dev, dma))
		return -ENOMEM;
	if (start(dma))
		return -EIO; /* expect: leak/error-path dma mapping */
	dma_unmap_single(dev, dma, 64, DMA_TO_DEVICE);
	return 0;
}

int map_ok(struct device *dev, void *buf)
{
	dma_addr_t dma = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(dev, dma))
		return -ENOMEM;
	ret = start(dma);
	dma_unmap_single(dev, dma, 64, DMA_TO_DEVICE);
	return ret;
}
