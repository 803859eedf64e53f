/* A release function that has the right release, too, tells the kinds apart by something. */
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/io.h>

struct ring {
	int index, size, sram_size;
	void *area;
	dma_addr_t dma;
};

static int ring_init(struct ring *r, struct device *dev, int index)
{
	if (index == 0 && r->size * 16 <= r->sram_size)
		r->area = (void *)ioremap(0x1000, r->sram_size);
	else
		r->area = dma_alloc_coherent(dev, r->size * 16, &r->dma, GFP_KERNEL);
	return r->area ? 0 : -ENOMEM;
}

static void ring_exit(struct ring *r, struct device *dev)
{
	if (r->index == 0 && r->size <= r->sram_size)
		iounmap((void *)r->area);
	else
		dma_free_coherent(dev, r->size, r->area, r->dma);
}

static void dma_exit(struct ring *r, struct device *dev)
{
	dma_free_coherent(dev, r->size, r->area, r->dma); /* expect: free/mismatch iomem */
}

int both_ok(struct ring *r, struct device *dev)
{
	int ret = ring_init(r, dev, 0);

	if (!ret)
		ring_exit(r, dev);
	return ret;
}

int one_bad(struct ring *r, struct device *dev)
{
	int ret = ring_init(r, dev, 0);

	if (!ret)
		dma_exit(r, dev);
	return ret;
}
