void *slab_bad(size_t n)
{
	return kmalloc(n, GFP_KERNEL | GFP_DMA32);
}

void *highmem_bad(size_t n)
{
	return kzalloc(n, GFP_KERNEL | __GFP_HIGHMEM);
}

void *coherent_bad(struct host *host)
{
	return dma_alloc_coherent(host->dev, 4096, &host->dma, GFP_KERNEL | GFP_DMA);
}

unsigned long pages_bad(void)
{
	return __get_free_pages(GFP_HIGHUSER, 2);
}

struct page *page_ok(void)
{
	return alloc_page(GFP_HIGHUSER);
}

void *coherent_ok(struct host *host)
{
	return dma_alloc_coherent(host->dev, 4096, &host->dma, GFP_KERNEL);
}

void *legacy_ok(size_t n)
{
	return kmalloc(n, GFP_KERNEL | GFP_DMA);
}
