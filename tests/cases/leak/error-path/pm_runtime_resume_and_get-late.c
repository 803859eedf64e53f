#include <linux/pm_runtime.h>

int touch(struct device *dev);

int late_bad(struct device *dev)
{
	int ret = pm_runtime_resume_and_get(dev);

	if (ret)
		return ret;
	ret = touch(dev);
	if (ret)
		return ret; /* expect: leak/error-path runtime PM */
	pm_runtime_put(dev);
	return 0;
}

int late_ok(struct device *dev)
{
	int ret = pm_runtime_resume_and_get(dev);

	if (ret)
		return ret;
	ret = touch(dev);
	pm_runtime_put(dev);
	return ret;
}
