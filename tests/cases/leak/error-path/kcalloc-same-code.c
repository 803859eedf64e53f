/* Reduced from e1000_probe(): one error code for many failures. That others which end with it give the thing back makes
 * this one no less of a mistake. */
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct ring {
	int n;
};

struct adapter {
	struct ring *tx, *rx;
	void *regs;
	int kind, speed, width, quirk;
};

int reset(struct adapter *a);
int read_address(struct adapter *a);
int kind_of(struct platform_device *pdev);

static int take_rings(struct adapter *a)
{
	a->tx = kcalloc(4, sizeof(*a->tx), GFP_KERNEL);
	if (!a->tx)
		return -ENOMEM;
	a->rx = kcalloc(4, sizeof(*a->rx), GFP_KERNEL);
	if (!a->rx) {
		kfree(a->tx);
		return -ENOMEM;
	}
	return 0;
}

static int adapter_probe_bad(struct platform_device *pdev)
{
	struct adapter *a = devm_kzalloc(&pdev->dev, sizeof(*a), GFP_KERNEL);
	int err;

	if (!a)
		return -ENOMEM;
	err = take_rings(a);
	if (err)
		return err;
	err = -EIO;
	a->kind = kind_of(pdev);
	if (a->kind & 1)
		a->speed = 1;
	if (a->kind & 2)
		a->width = 2;
	if (a->kind & 4)
		a->quirk = 3;
	if (a->kind & 8)
		a->quirk = 4;
	if (a->kind & 16)
		a->width = 5;
	a->regs = ioremap(pdev->resource[0].start, 4096);
	if (!a->regs)
		goto out;
	if (reset(a))
		goto unmap;
	if (read_address(a))
		goto unmap;
	platform_set_drvdata(pdev, a);
	return 0;
unmap:
	iounmap(a->regs);
	kfree(a->tx);
	kfree(a->rx);
out:
	return err; /* expect: leak/error-path memory (medium) */ /* expect: leak/error-path memory (low) */
}

static void adapter_remove_bad(struct platform_device *pdev)
{
	struct adapter *a = platform_get_drvdata(pdev);

	iounmap(a->regs);
	kfree(a->tx);
	kfree(a->rx);
}

static struct platform_driver adapter_driver = {
	.probe = adapter_probe_bad,
	.remove = adapter_remove_bad,
	.driver = {.name = "adapter"},
};
module_platform_driver(adapter_driver);
