/* Where least and most are one, a success is that number: whatever differs from it has failed. */
#include <linux/errno.h>
#include <linux/pci.h>

int card_start(struct pci_dev *pdev);

int vectors_ok(struct pci_dev *pdev, int total)
{
	int n = pci_alloc_irq_vectors(pdev, total, total, 1);

	if (n != total)
		return n < 0 ? n : -EINVAL;
	if (card_start(pdev)) {
		pci_free_irq_vectors(pdev);
		return -EIO;
	}
	return 0;
}

int few_ok(struct pci_dev *pdev)
{
	int n = pci_alloc_irq_vectors(pdev, 2, 4, 1);

	if (n < 2)
		return -EINVAL;
	if (n > 4)
		return -EINVAL;
	return 0;
}

int vectors_bad(struct pci_dev *pdev, int total)
{
	int n = pci_alloc_irq_vectors(pdev, 1, total, 1);

	if (n < 0)
		return n;
	if (n != total)
		return -EINVAL; /* expect: leak/error-path */
	if (card_start(pdev)) {
		pci_free_irq_vectors(pdev);
		return -EIO;
	}
	return 0;
}
