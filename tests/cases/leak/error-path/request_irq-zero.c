/* There is no interrupt 0 to be requested: the guard of the release says nothing new. */
#include <linux/interrupt.h>
#include <linux/pci.h>
#include <linux/slab.h>

struct reader {
	int irq, ready;
};

int pci_load(struct pci_dev *pdev);

static irqreturn_t handler(int irq, void *data)
{
	return IRQ_HANDLED;
}

static void release_if_set(struct reader *r)
{
	if (r->irq)
		free_irq(r->irq, r);
}

static void release_if_ready(struct reader *r)
{
	if (r->ready)
		free_irq(r->irq, r);
}

int guard_ok(struct reader *r, struct pci_dev *pdev)
{
	int ret;

	r->irq = pdev->irq;
	ret = request_irq(r->irq, handler, 0, "x", r);
	if (ret)
		return ret;
	ret = pci_load(pdev);
	if (ret)
		release_if_set(r);
	return ret;
}

int guard_bad(struct reader *r, struct pci_dev *pdev)
{
	int ret;

	r->irq = pdev->irq;
	ret = request_irq(r->irq, handler, 0, "x", r);
	if (ret)
		return ret;
	ret = pci_load(pdev);
	if (ret)
		release_if_ready(r);
	return ret; /* expect: leak/error-path irq */
}
