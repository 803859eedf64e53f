/* No patch, and why. */
#include <linux/dma-mapping.h>
#include <linux/slab.h>

int start(void *p);

/* What the release takes beside the resource is not known: what is tried does not compile. */
int arguments(struct device *dev, int mode)
{
	dma_addr_t dma;
	void *p = dma_alloc_coherent(dev, 64, &dma, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (start(NULL) < 0)
		return -EIO;
	return mode;
}

/* Released under a condition only: which of the two the author meant cannot be told. */
int use_after(int mode)
{
	char *p = kmalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (mode)
		kfree(p);
	return *p;
}

/* Taken under a condition that cannot be asked again, and in some configurations only. */
int unknown_condition(int mode)
{
	char *p;

	if (start(NULL) > mode) {
		p = kmalloc(16, GFP_KERNEL);
		if (!p)
			return -ENOMEM;
	}
	return start(NULL) < 0 ? -EIO : mode;
}

int configured(int mode)
{
	char *p = NULL;
#ifndef CONFIG_LAMP
	p = kmalloc(16, GFP_KERNEL);
	if (!p)
		return -ENOMEM;
#endif
	if (start(NULL) < 0)
		return -EIO;
	kfree(p);
	return mode;
}

/* The release is half of a macro: the function's layout is not understood. */
#define LEAVE(x) }

int layout(int mode)
{
	char *p = kmalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (start(NULL) < 0) {
		return -EIO;
		LEAVE(mode)
		kfree(p);
		return 0;
	}
