/* It returns an error pointer, never NULL. */
#include <linux/device.h>
#include <linux/io.h>

int map_bad(struct device *dev, struct resource *res)
{
	void __iomem *regs = devm_ioremap_resource(dev, res);

	if (!regs) /* expect: check/null-vs-errptr */
		return -ENOMEM;
	return readl(regs);
}

int map_ok(struct device *dev, struct resource *res)
{
	void __iomem *regs = devm_ioremap_resource(dev, res);

	if (IS_ERR(regs))
		return PTR_ERR(regs);
	return readl(regs);
}
