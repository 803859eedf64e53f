/* The work is cancelled while the interrupt that queues it is still there. */
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct priv {
	struct work_struct work;
	int irq, n;
};

static void work_any(struct work_struct *work)
{
	container_of(work, struct priv, work)->n++;
}

static irqreturn_t handler(int irq, void *data)
{
	struct priv *p = data;

	schedule_work(&p->work);
	return IRQ_HANDLED;
}

static int probe_any(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL); /* expect: devm/candidate memory */
	int ret;

	if (!p)
		return -ENOMEM;
	INIT_WORK(&p->work, work_any);
	p->irq = platform_get_irq(pdev, 0);
	ret = p->irq < 0 ? p->irq : request_irq(p->irq, handler, 0, "x", p);
	if (ret) {
		kfree(p);
		return ret;
	}
	platform_set_drvdata(pdev, p);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	cancel_work_sync(&p->work); /* expect: free/use-after work */
	free_irq(p->irq, p);
	kfree(p);
}

static void remove_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	free_irq(p->irq, p);
	cancel_work_sync(&p->work);
	kfree(p);
}

static void remove_disabled_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	disable_irq(p->irq);
	cancel_work_sync(&p->work);
	free_irq(p->irq, p);
	kfree(p);
}

static void remove_twice_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	cancel_work_sync(&p->work);
	free_irq(p->irq, p);
	cancel_work_sync(&p->work);
	kfree(p);
}

struct platform_driver driver_disabled = {.probe = probe_any, .remove = remove_disabled_ok};
struct platform_driver driver_twice = {.probe = probe_any, .remove = remove_twice_ok};
struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
