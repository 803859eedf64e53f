/* The device's memory is kept as an address inside it, at an offset that a table tells. */
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/pci.h>

struct map {
	int bar, size;
	u32 offset;
};

struct card {
	void __iomem *conf, *base;
};

int map_ok(struct pci_dev *pdev, struct card *c, const struct map *m)
{
	void __iomem *addr = pci_iomap(pdev, m[0].bar, m[0].size);

	if (!addr)
		return -ENOMEM;
	c->conf = addr + m[0].offset;
	addr = pci_iomap(pdev, m[1].bar, m[1].size);
	if (!addr)
		return -ENOMEM;
	c->base = addr + m[1].offset;
	return 0;
}

int map_bad(struct pci_dev *pdev, struct card *c, const struct map *m)
{
	void __iomem *addr = pci_iomap(pdev, m[0].bar, m[0].size);

	if (!addr)
		return -ENOMEM;
	addr = pci_iomap(pdev, m[1].bar, m[1].size); /* expect: leak/overwrite */
	if (!addr)
		return -ENOMEM;
	c->base = addr + m[1].offset;
	return 0;
}
