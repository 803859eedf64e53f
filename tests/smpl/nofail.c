void *plain_bad(size_t n)
{
	return kmalloc(n, GFP_KERNEL | __GFP_NOFAIL);
}

void *cache_bad(struct host *host)
{
	return kmem_cache_alloc(host->cache, GFP_NOIO | __GFP_NOFAIL);
}

void *retry_ok(size_t n)
{
	return kmalloc(n, GFP_KERNEL | __GFP_RETRY_MAYFAIL);
}

int test_ok(gfp_t gfp)
{
	return gfp & __GFP_NOFAIL;
}
