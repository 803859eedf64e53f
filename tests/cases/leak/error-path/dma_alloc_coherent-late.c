#include <linux/dma-mapping.h>

int start(dma_addr_t dma);

int dma_bad(struct device *dev)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(dev, 4096, &dma, GFP_KERNEL);

	if (!cpu)
		return -ENOMEM;
	if (start(dma))
		return -EIO; /* expect: leak/error-path dma memory */
	dma_free_coherent(dev, 4096, cpu, dma);
	return 0;
}

int dma_ok(struct device *dev)
{
	dma_addr_t dma;
	void *cpu = dma_alloc_coherent(dev, 4096, &dma, GFP_KERNEL);
	int ret;

	if (!cpu)
		return -ENOMEM;
	ret = start(dma) ? -EIO : 0;
	dma_free_coherent(dev, 4096, cpu, dma);
	return ret;
}
