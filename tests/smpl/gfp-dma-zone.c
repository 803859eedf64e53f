void *alone_bad(size_t n)
{
	return kmalloc(n, GFP_DMA);
}

void *with_context_bad(size_t n)
{
	return kmalloc(n, GFP_KERNEL | GFP_DMA);
}

void *interface_ok(struct device *dev, size_t n, dma_addr_t *dma)
{
	return dma_alloc_coherent(dev, n, dma, GFP_KERNEL);
}
