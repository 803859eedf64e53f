/* A helper's failure is not fatal to probe, but it leaves a stale pointer that remove frees again. */
#include <linux/platform_device.h>
#include <linux/slab.h>

struct priv {
	u8 *extra;
};

int fill(const u8 *extra);

static void add_extra_bad(struct priv *p)
{
	p->extra = kzalloc(64, GFP_KERNEL);
	if (p->extra && fill(p->extra))
		kfree(p->extra);
} /* expect: free/use-after memory */

static void add_extra_ok(struct priv *p)
{
	p->extra = kzalloc(64, GFP_KERNEL);
	if (p->extra && fill(p->extra)) {
		kfree(p->extra);
		p->extra = NULL;
	}
}

static int probe_bad(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	add_extra_bad(p);
	platform_set_drvdata(pdev, p);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	kfree(p->extra); /* expect: free/double memory */
}

static int probe_ok(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	add_extra_ok(p);
	platform_set_drvdata(pdev, p);
	return 0;
}

static void remove_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	kfree(p->extra);
}

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};
