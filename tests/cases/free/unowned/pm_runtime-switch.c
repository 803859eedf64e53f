/* A function that switches on and off gives back what an earlier call took. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/pm_runtime.h>

int sensor_reset(struct device *dev);
int sensor_start(struct device *dev);

int set_enable_ok(struct device *dev, bool enable)
{
	int ret;

	if (enable) {
		ret = pm_runtime_resume_and_get(dev);
		if (ret)
			return ret;
		ret = sensor_start(dev);
		if (ret)
			goto put;
		return 0;
	}
	ret = sensor_reset(dev);
	if (ret)
		goto put;
	pm_runtime_put(dev);
	return 0;
put:
	pm_runtime_put(dev);
	return ret;
}

int start_bad(struct device *dev)
{
	int ret = sensor_reset(dev);

	if (ret)
		goto put;
	ret = pm_runtime_resume_and_get(dev);
	if (ret)
		return ret;
	ret = sensor_start(dev);
	if (ret)
		goto put;
	return 0;
put:
	pm_runtime_put(dev); /* expect: free/unowned runtime PM */
	return ret;
}
