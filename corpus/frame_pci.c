/*
 * A PCI frame grabber. One label of the ladder is a step too late, the DMA buffer of a resize is lost, and the rest is
 * as it should be.
 */
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/pci.h>
#include <linux/slab.h>

#define FRAME_SIZE 0x10000

struct frame {
	struct pci_dev *pdev;
	void __iomem *regs;
	void *buf;
	dma_addr_t dma;
	size_t size;
};

static irqreturn_t frame_irq(int irq, void *data)
{
	struct frame *f = data;

	writel(1, f->regs);
	return IRQ_HANDLED;
}

/* A busy device makes it lose the new buffer. */
static int frame_resize(struct frame *f, size_t size)
{
	dma_addr_t dma;
	void *buf;

	buf = dma_alloc_coherent(&f->pdev->dev, size, &dma, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;

	if (readl(f->regs + 8) & 1)
		return -EBUSY; /* expect: leak/error-path dma memory */

	dma_free_coherent(&f->pdev->dev, f->size, f->buf, f->dma);
	f->buf = buf;
	f->dma = dma;
	f->size = size;
	return 0;
}

static ssize_t size_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct frame *f = dev_get_drvdata(dev);
	int val, ret;

	ret = kstrtoint(buf, 0, &val);
	if (ret)
		return ret;
	ret = frame_resize(f, val);
	return ret ? ret : (ssize_t)count;
}

static ssize_t size_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct frame *f = dev_get_drvdata(dev);

	return snprintf(buf, PAGE_SIZE, "%zu\n", f->size);
}
static DEVICE_ATTR_RW(size);

static int frame_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct frame *f;
	int ret;

	f = kzalloc(sizeof(*f), GFP_KERNEL); /* expect: devm/candidate memory */
	if (!f)
		return -ENOMEM;
	f->pdev = pdev;
	f->size = FRAME_SIZE;

	ret = pci_enable_device(pdev);
	if (ret)
		goto err_free;

	ret = pci_request_regions(pdev, "frame");
	if (ret)
		goto err_disable;

	f->regs = pci_iomap(pdev, 0, 0);
	if (!f->regs) {
		ret = -ENOMEM;
		goto err_disable; /* one label too far down */
	}

	f->buf = dma_alloc_coherent(&pdev->dev, f->size, &f->dma, GFP_KERNEL);
	if (!f->buf) {
		ret = -ENOMEM;
		goto err_unmap;
	}

	ret = request_irq(pdev->irq, frame_irq, IRQF_SHARED, "frame", f);
	if (ret)
		goto err_dma;

	pci_set_drvdata(pdev, f);
	ret = device_create_file(&pdev->dev, &dev_attr_size);
	if (ret)
		goto err_irq;
	return 0;

err_irq:
	free_irq(pdev->irq, f);
err_dma:
	dma_free_coherent(&pdev->dev, f->size, f->buf, f->dma);
err_unmap:
	pci_iounmap(pdev, f->regs);
	pci_release_regions(pdev);
err_disable:
	pci_disable_device(pdev);
err_free:
	kfree(f);
	return ret; /* expect: leak/error-path pci regions */
}

static void frame_remove(struct pci_dev *pdev)
{
	struct frame *f = pci_get_drvdata(pdev);

	device_remove_file(&pdev->dev, &dev_attr_size);
	free_irq(pdev->irq, f);
	dma_free_coherent(&pdev->dev, f->size, f->buf, f->dma);
	pci_iounmap(pdev, f->regs);
	pci_release_regions(pdev);
	pci_disable_device(pdev);
	kfree(f);
}

static const struct pci_device_id frame_ids[] = {
	{PCI_DEVICE(0x1234, 0x5678)},
	{},
};
MODULE_DEVICE_TABLE(pci, frame_ids);

static struct pci_driver frame_driver = {
	.name = "frame",
	.id_table = frame_ids,
	.probe = frame_probe,
	.remove = frame_remove,
};
module_pci_driver(frame_driver);

MODULE_LICENSE("GPL");
