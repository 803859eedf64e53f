/* The work is stopped by hand, the interrupt that queues it later by the driver core. */
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct priv {
	struct delayed_work work;
	int irq, n;
};

static void work_any(struct work_struct *work)
{
	container_of(work, struct priv, work.work)->n++;
}

static irqreturn_t handler(int irq, void *data)
{
	struct priv *p = data;

	schedule_delayed_work(&p->work, HZ);
	return IRQ_HANDLED;
}

static int probe_any(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	INIT_DELAYED_WORK(&p->work, work_any);
	p->irq = platform_get_irq(pdev, 0);
	if (p->irq < 0)
		return p->irq;
	platform_set_drvdata(pdev, p);
	return devm_request_irq(&pdev->dev, p->irq, handler, 0, "x", p);
}

static void remove_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	cancel_delayed_work_sync(&p->work); /* expect: devm/order */
}

static void remove_freed_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	devm_free_irq(&pdev->dev, p->irq, p);
	cancel_delayed_work_sync(&p->work);
}

static void remove_disabled_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	disable_irq(p->irq);
	cancel_delayed_work_sync(&p->work);
}

static void remove_for_good_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	disable_delayed_work_sync(&p->work);
}

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct platform_driver driver_freed = {.probe = probe_any, .remove = remove_freed_ok};
struct platform_driver driver_disabled = {.probe = probe_any, .remove = remove_disabled_ok};
struct platform_driver driver_for_good = {.probe = probe_any, .remove = remove_for_good_ok};
