/* The interrupt that would queue the work again looks at a flag first, which remove sets. */
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct priv {
	struct work_struct work;
	int irq, n;
	bool going;
};

static void work_any(struct work_struct *work)
{
	container_of(work, struct priv, work)->n++;
}

static irqreturn_t handler(int irq, void *data)
{
	struct priv *p = data;

	if (!p->going)
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

static void remove_flag_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	p->going = true;
	cancel_work_sync(&p->work);
	free_irq(p->irq, p);
	kfree(p);
}

struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_flag_ok};
