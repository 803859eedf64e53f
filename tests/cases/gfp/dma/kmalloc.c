/* Zones are for addresses that devices can reach: the DMA API knows better. Highmem has no address to give. */
#include <linux/dma-mapping.h>
#include <linux/slab.h>

void *zone_bad(void)
{
	return kmalloc(64, GFP_KERNEL | GFP_DMA); /* expect: gfp/dma */
}

void *highmem_bad(void)
{
	return kmalloc(64, GFP_HIGHUSER); /* expect: gfp/dma */
}

void *zone_ok(struct device *dev, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, 64, dma, GFP_KERNEL);
}
