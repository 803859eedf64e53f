/* What remove forgets of one kind is one finding, at its end. Where remove gives back such a thing, it may be all. */
#include <linux/firmware.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct priv {
	const struct firmware *boot, *code, *data;
};

static int probe_any(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	platform_set_drvdata(pdev, p);
	if (request_firmware(&p->boot, "boot", &pdev->dev))
		return -ENOENT;
	if (request_firmware(&p->code, "code", &pdev->dev)) {
		release_firmware(p->boot);
		return -ENOENT;
	}
	if (request_firmware(&p->data, "data", &pdev->dev)) {
		release_firmware(p->code);
		release_firmware(p->boot);
		return -ENOENT;
	}
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	dev_info(&pdev->dev, "gone\n");
} /* expect: leak/remove firmware */

static void remove_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	release_firmware(p->data);
	release_firmware(p->code);
	release_firmware(p->boot);
}

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
