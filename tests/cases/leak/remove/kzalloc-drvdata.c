/* What probe keeps in the device's driver data is remove's to free. */
#include <linux/platform_device.h>
#include <linux/slab.h>

struct priv {
	int id;
};

static int probe_bad(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	platform_set_drvdata(pdev, p);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	platform_set_drvdata(pdev, NULL);
} /* expect: leak/remove memory */

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};

static int probe_ok(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL); /* expect: devm/candidate memory */

	if (!p)
		return -ENOMEM;
	platform_set_drvdata(pdev, p);
	return 0;
}

static void remove_ok(struct platform_device *pdev)
{
	kfree(platform_get_drvdata(pdev));
}

struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};
