/* Nothing to find here: a PCI driver by hand, every step with its undoing, in the opposite order. */
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#define CARD_RINGS 4
#define CARD_RING_SIZE 4096

struct card_ring {
	void *cpu;
	dma_addr_t dma;
};

struct card {
	struct pci_dev *pdev;
	void __iomem *regs;
	struct work_struct work;
	struct workqueue_struct *wq;
	struct card_ring ring[CARD_RINGS];
};

static void card_work(struct work_struct *work)
{
	struct card *c = container_of(work, struct card, work);

	writel(0, c->regs);
}

static irqreturn_t card_irq(int irq, void *data)
{
	struct card *c = data;

	if (!readl(c->regs))
		return IRQ_NONE;
	queue_work(c->wq, &c->work);
	return IRQ_HANDLED;
}

static void card_free_ring(struct card *c, int i)
{
	dma_free_coherent(&c->pdev->dev, CARD_RING_SIZE, c->ring[i].cpu, c->ring[i].dma);
}

static int card_alloc_rings(struct card *c)
{
	int i;

	for (i = 0; i < CARD_RINGS; i++) {
		c->ring[i].cpu = dma_alloc_coherent(&c->pdev->dev, CARD_RING_SIZE, &c->ring[i].dma, GFP_KERNEL);
		if (!c->ring[i].cpu)
			goto err;
	}
	return 0;

err:
	while (--i >= 0)
		card_free_ring(c, i);
	return -ENOMEM;
}

static void card_free_rings(struct card *c)
{
	int i;

	for (i = CARD_RINGS - 1; i >= 0; i--)
		card_free_ring(c, i);
}

static int card_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct card *c;
	int ret;

	ret = pci_enable_device(pdev);
	if (ret)
		return ret;
	pci_set_master(pdev);

	ret = pci_request_regions(pdev, "card");
	if (ret)
		goto err_disable;

	c = kzalloc(sizeof(*c), GFP_KERNEL); /* expect: devm/candidate memory */
	if (!c) {
		ret = -ENOMEM;
		goto err_regions;
	}
	c->pdev = pdev;
	INIT_WORK(&c->work, card_work);

	c->regs = pci_ioremap_bar(pdev, 0);
	if (!c->regs) {
		ret = -ENOMEM;
		goto err_free;
	}

	ret = card_alloc_rings(c);
	if (ret)
		goto err_unmap;

	c->wq = alloc_workqueue("card", WQ_MEM_RECLAIM, 0);
	if (!c->wq) {
		ret = -ENOMEM;
		goto err_rings;
	}

	ret = request_irq(pdev->irq, card_irq, IRQF_SHARED, "card", c);
	if (ret)
		goto err_wq;

	pci_set_drvdata(pdev, c);
	return 0;

err_wq:
	destroy_workqueue(c->wq);
err_rings:
	card_free_rings(c);
err_unmap:
	iounmap(c->regs);
err_free:
	kfree(c);
err_regions:
	pci_release_regions(pdev);
err_disable:
	pci_disable_device(pdev);
	return ret;
}

static void card_remove(struct pci_dev *pdev)
{
	struct card *c = pci_get_drvdata(pdev);

	free_irq(pdev->irq, c);
	destroy_workqueue(c->wq);
	card_free_rings(c);
	iounmap(c->regs);
	kfree(c);
	pci_release_regions(pdev);
	pci_disable_device(pdev);
}

static const struct pci_device_id card_ids[] = {
	{PCI_DEVICE(0x1234, 0x9abc)},
	{},
};
MODULE_DEVICE_TABLE(pci, card_ids);

static struct pci_driver card_driver = {
	.name = "card",
	.id_table = card_ids,
	.probe = card_probe,
	.remove = card_remove,
};
module_pci_driver(card_driver);

MODULE_LICENSE("GPL");
