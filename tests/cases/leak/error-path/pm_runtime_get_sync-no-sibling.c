/* A failing pm_runtime_get_sync() has raised the count all the same, and nobody above knows. */
#include <linux/device.h>
#include <linux/pm_runtime.h>

int chip_request_bad(struct device *dev)
{
	int ret = pm_runtime_get_sync(dev);

	return ret < 0 ? ret : 0; /* expect: leak/error-path */
}

int chip_request_ok(struct device *dev)
{
	int ret = pm_runtime_resume_and_get(dev);

	return ret < 0 ? ret : 0;
}

int chip_request_put_ok(struct device *dev)
{
	int ret = pm_runtime_get_sync(dev);

	if (ret < 0) {
		pm_runtime_put_noidle(dev);
		return ret;
	}
	return 0;
}
