void *repeat_bad(size_t n)
{
	return kmalloc(n, GFP_KERNEL | __GFP_REPEAT);
}

struct page *cold_bad(void)
{
	gfp_t gfp = GFP_ATOMIC | __GFP_COLD;

	return alloc_page(gfp);
}

void *temporary_bad(size_t n)
{
	return kzalloc(n, GFP_TEMPORARY);
}

void *now_ok(size_t n)
{
	return kmalloc(n, GFP_KERNEL | __GFP_RETRY_MAYFAIL);
}
