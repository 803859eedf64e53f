/*
 * A relay card that reports its contacts by interrupt. The handler takes new records from a helper that may sleep, the
 * timer that debounces takes a mutex, and the clock is slowed down with the lock held. What runs in the handler's
 * thread, and what is done before the lock is taken, is right.
 */
#include <linux/clk.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct relay_event {
	struct list_head node;
	u32 contacts;
};

struct relay {
	struct device *dev;
	struct clk *clk;
	spinlock_t lock; /* list, contacts */
	struct mutex config;
	struct list_head events;
	struct timer_list debounce;
	void __iomem *regs;
	u32 contacts;
	int irq;
};

static int relay_record(struct relay *r, u32 contacts, gfp_t gfp)
{
	struct relay_event *e = kmalloc(sizeof(*e), gfp);

	if (!e)
		return -ENOMEM;
	e->contacts = contacts;
	list_add_tail(&e->node, &r->events);
	return 0;
}

static irqreturn_t relay_irq(int irq, void *data)
{
	struct relay *r = data;
	u32 now = readl(r->regs);

	if (now == r->contacts)
		return IRQ_NONE;
	spin_lock(&r->lock);
	r->contacts = now;
	relay_record(r, now, GFP_KERNEL); /* expect: gfp/sleep-in-atomic */ /* note: used */
	spin_unlock(&r->lock);
	mod_timer(&r->debounce, jiffies + 10);
	return IRQ_WAKE_THREAD;
}

/* Runs in a thread: it may sleep, but for where the lock is held. */
static irqreturn_t relay_thread(int irq, void *data)
{
	struct relay *r = data;

	msleep(2);
	spin_lock(&r->lock);
	relay_record(r, r->contacts, GFP_ATOMIC);
	spin_unlock(&r->lock);
	return IRQ_HANDLED;
}

static void relay_debounce(struct timer_list *t)
{
	struct relay *r = from_timer(r, t, debounce);

	mutex_lock(&r->config); /* expect: gfp/sleep-in-atomic */
	writel(1, r->regs + 4);
	mutex_unlock(&r->config);
}

static void relay_drop_events(struct relay *r)
{
	struct relay_event *e, *next;

	list_for_each_entry_safe(e, next, &r->events, node) {
		list_del(&e->node);
		kfree(e);
	}
}

static int relay_probe(struct platform_device *pdev)
{
	struct relay *r = devm_kzalloc(&pdev->dev, sizeof(*r), GFP_KERNEL);

	if (!r)
		return -ENOMEM;
	r->dev = &pdev->dev;
	spin_lock_init(&r->lock);
	mutex_init(&r->config);
	INIT_LIST_HEAD(&r->events);
	timer_setup(&r->debounce, relay_debounce, 0);
	platform_set_drvdata(pdev, r);

	r->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(r->regs))
		return PTR_ERR(r->regs);
	r->clk = devm_clk_get_enabled(&pdev->dev, NULL);
	if (IS_ERR(r->clk))
		return PTR_ERR(r->clk);
	r->irq = platform_get_irq(pdev, 0);
	if (r->irq < 0)
		return r->irq;
	return request_threaded_irq(r->irq, relay_irq, relay_thread, 0, "relay", r);
}

static int relay_remove(struct platform_device *pdev)
{
	struct relay *r = platform_get_drvdata(pdev);

	free_irq(r->irq, r);
	timer_shutdown_sync(&r->debounce);
	spin_lock(&r->lock);
	relay_drop_events(r);
	clk_set_rate(r->clk, 0); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&r->lock);
	return 0;
}

static struct platform_driver relay_driver = {
	.probe = relay_probe,
	.remove = relay_remove,
};
module_platform_driver(relay_driver);
