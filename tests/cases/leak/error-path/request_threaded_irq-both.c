/* An interrupt with a handler and a thread is one interrupt. */
#include <linux/interrupt.h>
#include <linux/pci.h>

int pci_load(struct pci_dev *pdev);

static irqreturn_t top(int irq, void *data)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread(int irq, void *data)
{
	return IRQ_HANDLED;
}

static int both_bad(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int ret = request_threaded_irq(pdev->irq, top, thread, 0, "x", pdev);

	if (ret)
		return ret;
	ret = pci_load(pdev);
	if (ret)
		return ret; /* expect: leak/error-path irq */
	ret = pci_load(NULL);
	if (ret)
		free_irq(pdev->irq, pdev);
	return ret;
}

static int both_ok(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int ret = request_threaded_irq(pdev->irq, top, thread, 0, "x", pdev);

	if (ret)
		return ret;
	ret = pci_load(pdev);
	if (ret)
		free_irq(pdev->irq, pdev);
	return ret;
}

static void both_remove(struct pci_dev *pdev)
{
	free_irq(pdev->irq, pdev);
}

static struct pci_driver bad_driver = {.probe = both_bad, .remove = both_remove};
static struct pci_driver ok_driver = {.probe = both_ok, .remove = both_remove};

int register_both(void)
{
	return pci_register_driver(&bad_driver) ? 0 : pci_register_driver(&ok_driver);
}
