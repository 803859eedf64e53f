#include <linux/pci.h>

struct card {
	int started;
};

int card_start(struct pci_dev *pdev);

/* The device is enabled as long as the driver is bound: remove disables it, once. */
static int resume_ok(struct device *dev)
{
	struct pci_dev *pdev = to_pci_dev(dev);
	int ret = pci_enable_device(pdev);

	if (ret)
		return ret;
	return card_start(pdev); /* expect: leak/error-path (low) */
}

static int suspend_ok(struct device *dev)
{
	pci_disable_device(to_pci_dev(dev));
	return 0;
}

static int probe_bad(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int ret = pci_enable_device(pdev);

	if (ret)
		return ret;
	return card_start(pdev); /* expect: leak/error-path */
}

static void remove_ok(struct pci_dev *pdev)
{
	pci_disable_device(pdev);
}

static const struct dev_pm_ops pm_ok = {.runtime_suspend = suspend_ok, .runtime_resume = resume_ok};

struct pci_driver driver_bad = {.probe = probe_bad, .remove = remove_ok, .driver = {.pm = &pm_ok}};
