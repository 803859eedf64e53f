/* A pair nobody wrote a rule for, its second half in the callback that undoes what this one does. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/platform_device.h>

int part_register_driver(void);
void part_unregister_driver(void);

static struct platform_driver drv;

static int __init init_bad(void)
{
	int ret = part_register_driver();

	if (ret)
		return ret;
	return platform_driver_register(&drv); /* expect: leak/error-path other */
}
module_init(init_bad);

static void __exit exit_any(void)
{
	platform_driver_unregister(&drv);
	part_unregister_driver();
}
module_exit(exit_any);

int part_start(struct device *dev);
void part_stop(struct device *dev);
int part_load(struct device *dev);

static int probe_ok(struct platform_device *pdev)
{
	int ret = part_start(&pdev->dev);

	if (ret)
		return ret;
	ret = part_load(&pdev->dev);
	if (ret)
		part_stop(&pdev->dev);
	return ret;
}

/* Nothing is ever stopped: then there is nothing to stop. */
static int probe_once_ok(struct platform_device *pdev)
{
	int ret = part_start(&pdev->dev);

	if (ret)
		return ret;
	return part_load(&pdev->dev);
}

static int probe_bad(struct platform_device *pdev)
{
	int ret = part_start(&pdev->dev);

	if (ret)
		return ret;
	ret = part_load(&pdev->dev);
	if (ret)
		return ret; /* expect: leak/error-path other */
	return 0;
}

static void remove_any(struct platform_device *pdev)
{
	part_stop(&pdev->dev);
}

const struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_any};
const struct platform_driver driver_once = {.probe = probe_once_ok};
const struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_any};
