/* Reduced from atl1c_tx_map(): mappings are taken one after the other, each recorded where the caller finds it. That the
 * next one cannot be had says nothing of who gives back those before. */
#include <linux/dma-mapping.h>

struct slot {
	dma_addr_t dma;
	int length;
};

struct ring {
	struct device *dev;
	struct slot *slots;
	int next;
};

int start(dma_addr_t dma);

static struct slot *next_slot(struct ring *r)
{
	r->next++;
	if (r->next == 64)
		r->next = 0;
	return &r->slots[r->next];
}

int map_ok(struct ring *r, void *head, void *body)
{
	struct slot *s = next_slot(r);

	s->dma = dma_map_single(r->dev, head, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(r->dev, s->dma))
		goto err;
	if (body) {
		s = next_slot(r);
		s->dma = dma_map_single(r->dev, body, 64, DMA_TO_DEVICE);
		if (dma_mapping_error(r->dev, s->dma))
			goto err;
	}
	return 0;
err:
	s->dma = 0;
	return -ENOMEM;
}

int map_bad(struct ring *r, void *head)
{
	dma_addr_t dma = dma_map_single(r->dev, head, 64, DMA_TO_DEVICE);

	if (dma_mapping_error(r->dev, dma))
		return -ENOMEM;
	if (start(dma))
		return -EIO; /* expect: leak/error-path dma mapping */
	r->slots[0].dma = dma;
	return 0;
}
