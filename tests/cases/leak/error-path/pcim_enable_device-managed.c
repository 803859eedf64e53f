/* What is taken after pcim_enable_device() is released by the device; after pci_enable_device() it is not. */
#include <linux/pci.h>

int pci_load(struct pci_dev *pdev);

int plain_bad(struct pci_dev *pdev)
{
	int ret = pci_enable_device(pdev);

	if (ret)
		return ret;
	ret = pci_request_regions(pdev, "x");
	if (ret)
		goto disable;
	ret = pci_load(pdev);
	if (ret)
		goto disable; /* the regions stay */
	ret = pci_irq_vector(pdev, 0);
	if (ret < 0)
		goto release;
	return 0;
release:
	pci_release_regions(pdev);
disable:
	pci_disable_device(pdev);
	return ret; /* expect: leak/error-path pci regions */
}

static int managed_ok(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int ret = pcim_enable_device(pdev);

	if (ret)
		return ret;
	ret = pci_request_regions(pdev, "x");
	if (ret)
		return ret;
	ret = pci_alloc_irq_vectors(pdev, 1, 1, PCI_IRQ_ALL_TYPES);
	if (ret < 0)
		return ret;
	return pci_load(pdev);
}

static int unmanaged_bad(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int ret = pci_request_regions(pdev, "x");

	if (ret)
		return ret;
	return pci_load(pdev); /* expect: leak/error-path pci regions */
}

static struct pci_driver managed_driver = {.probe = managed_ok};
static struct pci_driver unmanaged_driver = {.probe = unmanaged_bad};

int register_both(void)
{
	return pci_register_driver(&managed_driver) ? 0 : pci_register_driver(&unmanaged_driver);
}
