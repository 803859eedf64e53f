/* What the handlers follow goes before they are stopped. */
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct priv {
	struct timer_list timer;
	int irq, n;
	int *counts, *marks, *unused;
};

static void tick_any(struct timer_list *t)
{
	struct priv *p = from_timer(p, t, timer);

	p->marks[0]++;
	mod_timer(&p->timer, jiffies + HZ);
}

static void count(struct priv *p)
{
	p->counts[p->n]++;
}

static irqreturn_t handler(int irq, void *data)
{
	struct priv *p = data;

	if (p->unused)
		count(p);
	return IRQ_HANDLED;
}

static void free_all(struct priv *p)
{
	kfree(p->counts);
	kfree(p->marks);
	kfree(p->unused);
	kfree(p);
}

static int probe_any(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL); /* expect: devm/candidate memory */
	int ret;

	if (!p)
		return -ENOMEM;
	p->counts = kcalloc(4, sizeof(int), GFP_KERNEL); /* expect: devm/candidate memory */
	p->marks = kcalloc(4, sizeof(int), GFP_KERNEL);	 /* expect: devm/candidate memory */
	p->unused = kcalloc(4, sizeof(int), GFP_KERNEL); /* expect: devm/candidate memory */
	p->irq = platform_get_irq(pdev, 0);
	timer_setup(&p->timer, tick_any, 0);
	ret = !p->counts || !p->marks || !p->unused ? -ENOMEM : p->irq < 0 ? p->irq
									   : 0;
	if (!ret)
		ret = request_irq(p->irq, handler, 0, "x", p);
	if (ret) {
		free_all(p);
		return ret;
	}
	mod_timer(&p->timer, jiffies + HZ);
	platform_set_drvdata(pdev, p);
	return 0;
}

/* Stopped for a while: the end is another matter. */
int restart_any(struct priv *p)
{
	free_irq(p->irq, p);
	return request_irq(p->irq, handler, 0, "x", p);
}

static void remove_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	kfree(p->counts); /* expect: free/use-after irq */
	kfree(p->marks);  /* expect: free/use-after timer */
	free_irq(p->irq, p);
	timer_delete_sync(&p->timer);
	kfree(p->unused);
	kfree(p);
}

static void remove_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	kfree(p->unused); /* compared only */
	timer_delete_sync(&p->timer);
	kfree(p->marks);
	free_irq(p->irq, p);
	kfree(p->counts);
	kfree(p);
}

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
