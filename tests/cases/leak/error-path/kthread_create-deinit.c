/* A failing probe calls what releases, by its name, in another file: the caller need not. */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct widget {
	struct device *dev;
	struct task_struct *task;
};

int widget_loop(void *data);
int widget_bus(struct device *dev);
void widget_deinit(struct widget *w);

static int tidy_probe_ok(struct platform_device *pdev)
{
	struct widget *w = devm_kzalloc(&pdev->dev, sizeof(*w), GFP_KERNEL);
	int ret;

	if (!w)
		return -ENOMEM;
	platform_set_drvdata(pdev, w);
	w->task = kthread_run(widget_loop, w, "widget");
	if (IS_ERR(w->task))
		return PTR_ERR(w->task);
	ret = widget_bus(&pdev->dev);
	if (ret < 0)
		widget_deinit(w);
	return ret;
}

static void tidy_remove_ok(struct platform_device *pdev)
{
	struct widget *w = platform_get_drvdata(pdev);

	kthread_stop(w->task);
}

static struct platform_driver tidy_driver = {.probe = tidy_probe_ok, .remove = tidy_remove_ok};
module_platform_driver(tidy_driver);

static int untidy_probe_bad(struct platform_device *pdev)
{
	struct widget *w = devm_kzalloc(&pdev->dev, sizeof(*w), GFP_KERNEL);

	if (!w)
		return -ENOMEM;
	platform_set_drvdata(pdev, w);
	w->task = kthread_run(widget_loop, w, "widget");
	if (IS_ERR(w->task))
		return PTR_ERR(w->task);
	return widget_bus(&pdev->dev); /* expect: leak/error-path kthread */
}

static void untidy_remove_ok(struct platform_device *pdev)
{
	struct widget *w = platform_get_drvdata(pdev);

	kthread_stop(w->task);
}

static struct platform_driver untidy_driver = {.probe = untidy_probe_bad, .remove = untidy_remove_ok};
builtin_platform_driver(untidy_driver);
