/* A driver without a remove: nobody stops the work when the device, and its managed memory, goes. */
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct fan {
	struct work_struct alarm;
	int n;
};

static void alarm_any(struct work_struct *work)
{
	container_of(work, struct fan, alarm)->n++;
}

static ssize_t store_any(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct fan *fan = dev_get_drvdata(dev);

	schedule_work(&fan->alarm);
	return count;
}

struct device_attribute attribute_any = {.store = store_any};

static int probe_bad(struct platform_device *pdev)
{
	struct fan *fan = devm_kzalloc(&pdev->dev, sizeof(*fan), GFP_KERNEL);

	if (!fan)
		return -ENOMEM;
	INIT_WORK(&fan->alarm, alarm_any); /* expect: free/use-after */
	platform_set_drvdata(pdev, fan);
	return 0;
}

struct platform_driver driver_bad = {.probe = probe_bad};
