#include <linux/io.h>

int map_bad(phys_addr_t base)
{
	void __iomem *regs = ioremap(base, 64);

	if (!regs)
		return -ENOMEM;
	if (readl(regs) != 0x1234)
		return -ENODEV; /* expect: leak/error-path iomem */
	iounmap(regs);
	return 0;
}

int map_ok(phys_addr_t base)
{
	void __iomem *regs = ioremap(base, 64);
	u32 id;

	if (!regs)
		return -ENOMEM;
	id = readl(regs);
	iounmap(regs);
	return id == 0x1234 ? 0 : -ENODEV;
}
