/* Memory that a managed object points to is not managed. */
#include <linux/platform_device.h>
#include <linux/slab.h>

struct priv {
	u8 *rx, *tx;
};

static int probe_any(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->rx = kzalloc(64, GFP_KERNEL); /* expect: devm/candidate memory */
	if (!p->rx)
		return -ENOMEM;
	p->tx = kzalloc(64, GFP_KERNEL); /* expect: devm/candidate memory */
	if (!p->tx) {
		kfree(p->rx);
		return -ENOMEM;
	}
	platform_set_drvdata(pdev, p);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	kfree(p->rx);
} /* expect: leak/remove memory */

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};

static void remove_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	kfree(p->tx);
	kfree(p->rx);
}

struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
