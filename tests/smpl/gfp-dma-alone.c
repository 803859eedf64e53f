void *alone_bad(size_t n)
{
	return kmalloc(n, GFP_DMA);
}

void *with_context_ok(size_t n)
{
	return kmalloc(n, GFP_KERNEL | GFP_DMA);
}
