void *over_limit_bad(void)
{
	return kmalloc(SZ_8M, GFP_KERNEL);
}

void *product_bad(void)
{
	return kzalloc(16 * 1024 * 1024, GFP_KERNEL);
}

void *shift_bad(void)
{
	return kcalloc(2, 1UL << 22, GFP_KERNEL);
}

void *large_bad(struct device *dev)
{
	return devm_kzalloc(dev, SZ_1M, GFP_KERNEL);
}

void *small_ok(void)
{
	return kmalloc(SZ_64K, GFP_KERNEL);
}

void *fallback_ok(void)
{
	return kvmalloc(SZ_8M, GFP_KERNEL);
}

void *unknown_ok(size_t n)
{
	return kmalloc(n * 65536, GFP_KERNEL);
}
