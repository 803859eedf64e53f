#include <linux/device.h>
#include <linux/pm_runtime.h>

int add_device(struct device *dev);

int rpm_bad(struct device *dev)
{
	int ret;

	pm_runtime_enable(dev);
	ret = add_device(dev);
	if (ret)
		return ret; /* expect: leak/error-path runtime_pm */
	return 0;
}

int rpm_ok(struct device *dev)
{
	int ret;

	pm_runtime_enable(dev);
	ret = add_device(dev);
	if (ret)
		pm_runtime_disable(dev);
	return ret;
}
