/* The same with a managed action that stops the work. */
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct fan_ok {
	struct work_struct alarm;
	int n;
};

static void alarm_any(struct work_struct *work)
{
	container_of(work, struct fan_ok, alarm)->n++;
}

static ssize_t store_any(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct fan_ok *fan = dev_get_drvdata(dev);

	schedule_work(&fan->alarm);
	return count;
}

struct device_attribute attribute_any = {.store = store_any};

static void stop_alarm(void *data)
{
	struct fan_ok *fan = data;

	cancel_work_sync(&fan->alarm);
}

static int probe_ok(struct platform_device *pdev)
{
	struct fan_ok *fan = devm_kzalloc(&pdev->dev, sizeof(*fan), GFP_KERNEL);

	if (!fan)
		return -ENOMEM;
	INIT_WORK(&fan->alarm, alarm_any);
	platform_set_drvdata(pdev, fan);
	return devm_add_action_or_reset(&pdev->dev, stop_alarm, fan);
}

struct platform_driver driver_ok = {.probe = probe_ok};
