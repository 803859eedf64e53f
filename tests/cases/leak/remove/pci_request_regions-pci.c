#include <linux/pci.h>

static int probe_any(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int ret = pci_enable_device(pdev);

	if (ret)
		return ret;
	ret = pci_request_regions(pdev, "x");
	if (ret)
		pci_disable_device(pdev);
	return ret;
}

static void remove_bad(struct pci_dev *pdev)
{
	pci_disable_device(pdev);
} /* expect: leak/remove pci regions */

struct pci_driver driver_bad = {.name = "bad", .probe = probe_any, .remove = remove_bad};

static void remove_ok(struct pci_dev *pdev)
{
	pci_release_regions(pdev);
	pci_disable_device(pdev);
}

struct pci_driver driver_ok = {.name = "ok", .probe = probe_any, .remove = remove_ok};
