/* What is registered is a member; remove finds the way back with container_of(). */
#include <linux/miscdevice.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct unit {
	int id;
	struct miscdevice misc;
};

static int probe_any(struct platform_device *pdev)
{
	struct unit *u = kzalloc(sizeof(*u), GFP_KERNEL); /* expect: devm/candidate memory */
	int ret;

	if (!u)
		return -ENOMEM;
	ret = misc_register(&u->misc);
	if (ret) {
		kfree(u);
		return ret;
	}
	platform_set_drvdata(pdev, &u->misc);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	misc_deregister(platform_get_drvdata(pdev));
} /* expect: leak/remove memory */

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};

static void remove_ok(struct platform_device *pdev)
{
	struct miscdevice *misc = platform_get_drvdata(pdev);
	struct unit *u = container_of(misc, struct unit, misc);

	misc_deregister(misc);
	kfree(u);
}

struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
