#include <linux/pci.h>

static int probe_bad(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int ret = pci_enable_device(pdev);

	if (ret)
		return ret;
	ret = pci_request_regions(pdev, "x");
	if (ret)
		return ret; /* expect: leak/error-path pci device */
	return 0;
}

static int probe_ok(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int ret = pci_enable_device(pdev);

	if (ret)
		return ret;
	ret = pci_request_regions(pdev, "x");
	if (ret)
		pci_disable_device(pdev);
	return ret;
}

static void remove_any(struct pci_dev *pdev)
{
	pci_release_regions(pdev);
	pci_disable_device(pdev);
}

static int probe_managed_ok(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int ret = pcim_enable_device(pdev);

	if (ret)
		return ret;
	return pcim_iomap_regions(pdev, 1, "x");
}

struct pci_driver driver_bad = {.name = "bad", .probe = probe_bad, .remove = remove_any};
struct pci_driver driver_ok = {.name = "ok", .probe = probe_ok, .remove = remove_any};
struct pci_driver driver_managed_ok = {.name = "managed", .probe = probe_managed_ok};
