#include <linux/notifier.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct port {
	bool registered;
	struct notifier_block nb;
	struct delayed_work detect;
	bool wanted;
};

static int notify_any(struct notifier_block *nb, unsigned long action, void *data)
{
	struct port *p = container_of(nb, struct port, nb);

	p->wanted = action;
	return 0;
}

static void detect_any(struct work_struct *work)
{
}

static int probe_ok(struct platform_device *pdev)
{
	struct port *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	INIT_DELAYED_WORK(&p->detect, detect_any);
	platform_set_drvdata(pdev, p);
	if (device_property_read_bool(&pdev->dev, "reboot")) {
		p->nb.notifier_call = notify_any;
		ret = register_reboot_notifier(&p->nb);
		if (ret)
			return ret;
		p->registered = true;
	}
	return 0;
}

/* Nobody but probe registers it: what probe has not noted is not there. */
static void remove_ok(struct platform_device *pdev)
{
	struct port *p = platform_get_drvdata(pdev);

	if (p->registered)
		unregister_reboot_notifier(&p->nb);
	cancel_delayed_work_sync(&p->detect);
}

struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};
