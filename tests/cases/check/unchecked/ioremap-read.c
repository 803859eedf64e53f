#include <linux/io.h>

u32 id_bad(phys_addr_t base)
{
	void __iomem *regs = ioremap(base, 4);
	u32 id = readl(regs); /* expect: check/unchecked */ /* xfail-fn: readl() is not known to access memory */

	iounmap(regs);
	return id;
}

u32 id_ok(phys_addr_t base)
{
	void __iomem *regs = ioremap(base, 4);
	u32 id;

	if (!regs)
		return 0;
	id = readl(regs);
	iounmap(regs);
	return id;
}
