#include <linux/miscdevice.h>
#include <linux/notifier.h>

int notifier_bad(struct notifier_block *nb, struct miscdevice *misc)
{
	int ret = register_reboot_notifier(nb);

	if (ret)
		return ret;
	return misc_register(misc); /* expect: leak/error-path registration */
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
