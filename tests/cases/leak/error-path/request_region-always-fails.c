/* A probe that never succeeds wants others to bind to the device: what it keeps, it keeps on purpose. */
#include <linux/ioport.h>
#include <linux/pci.h>

int bridge_check(struct pci_dev *pdev);

static int bridge_probe_ok(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int ret = pci_request_regions(pdev, "bridge");

	if (ret)
		return ret;
	ret = bridge_check(pdev);
	if (ret) {
		pci_release_regions(pdev);
		return ret;
	}
	return -ENODEV;
}

static int bridge_probe_bad(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int ret = pci_request_regions(pdev, "bridge");

	if (ret)
		return ret;
	ret = bridge_check(pdev);
	if (ret) {
		pci_release_regions(pdev);
		return ret;
	}
	if (!pdev->irq)
		return -ENODEV; /* expect: leak/error-path pci regions */
	return 0;
}

struct pci_driver bridge_ok = {.probe = bridge_probe_ok};
struct pci_driver bridge_bad = {.probe = bridge_probe_bad};
