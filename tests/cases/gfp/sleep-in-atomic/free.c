/* vfree() defers its work in interrupts, but not under a lock; DMA memory must be freed with interrupts on. */
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>

struct dev {
	struct device *dev;
	spinlock_t lock;
	void *table, *ring;
	dma_addr_t dma;
};

void vfree_bad(struct dev *d)
{
	spin_lock(&d->lock);
	vfree(d->table); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&d->lock);
}

void vfree_ok(struct dev *d)
{
	spin_lock_bh(&d->lock);
	vfree(d->table);
	spin_unlock_bh(&d->lock);
}

void ring_bad(struct dev *d)
{
	unsigned long flags;

	spin_lock_irqsave(&d->lock, flags);
	dma_free_coherent(d->dev, 64, d->ring, d->dma); /* expect: gfp/sleep-in-atomic */
	spin_unlock_irqrestore(&d->lock, flags);
}

void ring_ok(struct dev *d)
{
	spin_lock(&d->lock);
	dma_free_coherent(d->dev, 64, d->ring, d->dma);
	spin_unlock(&d->lock);
}

static irqreturn_t handler_bad(int irq, void *data)
{
	struct dev *d = data;

	vfree(d->table);
	dma_free_coherent(d->dev, 64, d->ring, d->dma); /* expect: gfp/sleep-in-atomic */
	return IRQ_HANDLED;
}

static irqreturn_t handler_ok(int irq, void *data)
{
	struct dev *d = data;

	vfree(d->table);
	return IRQ_HANDLED;
}

int setup_any(struct dev *d, int irq)
{
	int ret = devm_request_irq(d->dev, irq, handler_bad, 0, "bad", d);

	return ret ? ret : devm_request_irq(d->dev, irq, handler_ok, 0, "ok", d);
}
