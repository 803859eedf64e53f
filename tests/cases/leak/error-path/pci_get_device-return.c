#include <linux/pci.h>

int peer_bad(u32 *irq)
{
	struct pci_dev *peer = pci_get_device(0x8086, 0x1234, NULL);

	if (!peer)
		return -ENODEV;
	if (!peer->irq)
		return -EINVAL; /* expect: leak/error-path pci_dev */
	*irq = peer->irq;
	pci_dev_put(peer);
	return 0;
}

int peer_ok(u32 *irq)
{
	struct pci_dev *peer = pci_get_device(0x8086, 0x1234, NULL);
	int ret = 0;

	if (!peer)
		return -ENODEV;
	if (peer->irq)
		*irq = peer->irq;
	else
		ret = -EINVAL;
	pci_dev_put(peer);
	return ret;
}
