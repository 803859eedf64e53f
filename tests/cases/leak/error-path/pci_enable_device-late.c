#include <linux/pci.h>

int pci_bad(struct pci_dev *pdev)
{
	int ret = pci_enable_device(pdev);

	if (ret)
		return ret;
	ret = pci_request_regions(pdev, "x");
	if (ret)
		return ret; /* expect: leak/error-path pci_device */
	return 0;
}

int pci_ok(struct pci_dev *pdev)
{
	int ret = pci_enable_device(pdev);

	if (ret)
		return ret;
	ret = pci_request_regions(pdev, "x");
	if (ret)
		pci_disable_device(pdev);
	return ret;
}

int pcim_ok(struct pci_dev *pdev)
{
	int ret = pcim_enable_device(pdev);

	if (ret)
		return ret;
	return pcim_iomap_regions(pdev, 1, "x");
}
