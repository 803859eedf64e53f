/* It returns how many vectors there are: whoever takes 0 for a failure as well forgets nothing. */
#include <linux/errno.h>
#include <linux/pci.h>

int card_start(struct pci_dev *pdev, int n);

int vectors_ok(struct pci_dev *pdev)
{
	int n = pci_alloc_irq_vectors(pdev, 1, 4, 1);

	if (n <= 0)
		return -EIO;
	if (card_start(pdev, n)) {
		pci_free_irq_vectors(pdev);
		return -EIO;
	}
	return 0;
}

int vectors_bad(struct pci_dev *pdev)
{
	int n = pci_alloc_irq_vectors(pdev, 1, 4, 1);

	if (n < 1)
		return -EIO;
	if (n < 2)
		return -EINVAL; /* expect: leak/error-path */
	if (card_start(pdev, n)) {
		pci_free_irq_vectors(pdev);
		return -EIO;
	}
	return 0;
}
