#include <linux/miscdevice.h>
#include <linux/notifier.h>

int notifier_bad(struct notifier_block *nb, struct miscdevice *misc, int early)
{
	int ret = register_reboot_notifier(nb);

	if (ret)
		return ret;
	if (early) {
		unregister_reboot_notifier(nb);
		return -EBUSY;
	}
	return misc_register(misc); /* expect: leak/error-path notifier */
}

int notifier_ok(struct notifier_block *nb, struct miscdevice *misc)
{
	int ret = register_reboot_notifier(nb);

	if (ret)
		return ret;
	ret = misc_register(misc);
	if (ret)
		unregister_reboot_notifier(nb);
	return ret;
}
