/* Mapping a resource that is not there fails: behind it, the resource needs no test of its own. */
#include <linux/err.h>
#include <linux/io.h>
#include <linux/platform_device.h>

int mapped_ok(struct platform_device *pdev, unsigned long *size)
{
	struct resource *res = platform_get_resource_byname(pdev, IORESOURCE_MEM, "sram");
	void __iomem *base = devm_ioremap_resource(&pdev->dev, res);

	if (IS_ERR(base))
		return PTR_ERR(base);
	*size = res->end - res->start;
	return 0;
}

int mapped_bad(struct platform_device *pdev, unsigned long *size)
{
	struct resource *res = platform_get_resource_byname(pdev, IORESOURCE_MEM, "sram");

	*size = res->end - res->start; /* expect: check/unchecked */
	return 0;
}
