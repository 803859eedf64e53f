#define ROWS 8
#define WORD 4

void *words_bad(unsigned int n)
{
	return kmalloc(n * 4, GFP_KERNEL);
}

void *picture_bad(struct picture *p)
{
	return vmalloc(p->width * p->height);
}

void *managed_bad(struct device *dev, unsigned int n)
{
	return devm_kzalloc(dev, WORD * n, GFP_KERNEL);
}

void *constant_ok(void)
{
	return kzalloc(ROWS * WORD, GFP_KERNEL);
}

/* The one with a sizeof has a patch of its own. */
void *typed_ok(unsigned int n)
{
	return kzalloc(n * sizeof(int), GFP_KERNEL);
}

void *checked_ok(unsigned int n)
{
	return kcalloc(n, 4, GFP_KERNEL);
}
