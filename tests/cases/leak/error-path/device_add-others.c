/* Another function of other files' use gives back what this one registers: who calls this one may call that one next. */
#include <linux/device.h>

int write_config(struct device *dev);

int setup_bad(struct device *dev)
{
	int ret = device_add(dev);

	if (ret)
		return ret;
	return write_config(dev); /* expect: leak/error-path registration (low) */
}

void drop_all_ok(struct device *dev)
{
	device_del(dev);
}
