/* The count goes up even when resuming fails; pm_runtime_resume_and_get() is the one that takes it back. */
#include <linux/pm_runtime.h>

void touch(int how);

int sync_bad(struct device *dev)
{
	int ret = pm_runtime_get_sync(dev);

	if (ret < 0)
		return ret; /* expect: leak/error-path runtime PM */
	touch(1);
	pm_runtime_put(dev);
	return 0;
}

int sync_ok(struct device *dev)
{
	int ret = pm_runtime_get_sync(dev);

	if (ret < 0) {
		pm_runtime_put_noidle(dev);
		return ret;
	}
	touch(1);
	pm_runtime_put(dev);
	return 0;
}

int resume_and_get_ok(struct device *dev)
{
	int ret = pm_runtime_resume_and_get(dev);

	if (ret < 0)
		return ret;
	touch(1);
	pm_runtime_put_autosuspend(dev);
	return 0;
}
