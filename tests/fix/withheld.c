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

/* Which of the two the author meant cannot be told. */
int use_after(void)
{
	char *p = kmalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	kfree(p);
	return *p;
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
