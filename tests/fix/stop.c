/* What may still run when its object is gone, where something stops it already. */
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct fan {
	struct timer_list tick;
	int state;
};

static void fan_tick(struct timer_list *t)
{
	struct fan *f = container_of(t, struct fan, tick);

	f->state++;
	mod_timer(&f->tick, jiffies + 10);
}

static int fan_probe(struct platform_device *pdev)
{
	struct fan *f = kzalloc(sizeof(*f), GFP_KERNEL);

	if (!f)
		return -ENOMEM;
	timer_setup(&f->tick, fan_tick, 0);
	platform_set_drvdata(pdev, f);
	mod_timer(&f->tick, jiffies + 10);
	return 0;
}

/* The call that stops it does not wait. */
static void fan_remove(struct platform_device *pdev)
{
	struct fan *f = platform_get_drvdata(pdev);

	del_timer(&f->tick);
	kfree(f);
}

static struct platform_driver fan_driver = {
	.probe = fan_probe,
	.remove = fan_remove,
	.driver = {.name = "fan"},
};
module_platform_driver(fan_driver);

struct key {
	struct work_struct press;
	int irq, users;
	bool polled;
};

static void key_press(struct work_struct *work)
{
	struct key *k = container_of(work, struct key, press);

	k->users++;
}

static irqreturn_t key_irq(int irq, void *data)
{
	struct key *k = data;

	schedule_work(&k->press);
	return IRQ_HANDLED;
}

static int key_probe(struct platform_device *pdev)
{
	struct key *k = kzalloc(sizeof(*k), GFP_KERNEL);
	int ret;

	if (!k)
		return -ENOMEM;
	INIT_WORK(&k->press, key_press);
	k->irq = platform_get_irq(pdev, 0);
	ret = request_irq(k->irq, key_irq, 0, "key", k);
	if (ret) {
		kfree(k);
		return ret;
	}
	platform_set_drvdata(pdev, k);
	return 0;
}

/* What starts it again is stopped only behind it. The loop's break leaves nothing but the loop. */
static void key_remove(struct platform_device *pdev)
{
	struct key *k = platform_get_drvdata(pdev);

	cancel_work_sync(&k->press);
	while (k->users) {
		if (k->polled)
			break;
	}
	free_irq(k->irq, k);
	kfree(k);
}

static struct platform_driver key_driver = {
	.probe = key_probe,
	.remove = key_remove,
	.driver = {.name = "key"},
};
module_platform_driver(key_driver);

struct pump {
	struct timer_list idle;
	int state;
	char *log;
};

static void pump_idle(struct timer_list *t)
{
	struct pump *p = container_of(t, struct pump, idle);

	p->state = 0;
}

static int pump_probe(struct platform_device *pdev)
{
	struct pump *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	timer_setup(&p->idle, pump_idle, 0);
	platform_set_drvdata(pdev, p);
	mod_timer(&p->idle, jiffies + 10);
	return 0;
}

/* Not where it is freed. */
static void pump_stop(struct pump *p)
{
	del_timer(&p->idle);
	kfree(p->log);
}

static void pump_remove(struct platform_device *pdev)
{
	struct pump *p = platform_get_drvdata(pdev);

	pump_stop(p);
	kfree(p);
}

static struct platform_driver pump_driver = {
	.probe = pump_probe,
	.remove = pump_remove,
	.driver = {.name = "pump"},
};
module_platform_driver(pump_driver);

struct hoist {
	struct timer_list up, down;
	int state;
};

static void hoist_up(struct timer_list *t)
{
	struct hoist *h = container_of(t, struct hoist, up);

	h->state++;
}

static void hoist_down(struct timer_list *t)
{
	struct hoist *h = container_of(t, struct hoist, down);

	h->state--;
}

void hoist_start(struct hoist *h)
{
	timer_setup(&h->up, hoist_up, 0);
	timer_setup(&h->down, hoist_down, 0);
	mod_timer(&h->up, jiffies + 10);
	mod_timer(&h->down, jiffies + 10);
}

/* Only one of the two calls waits. */
void hoist_exit(struct hoist *h)
{
	del_timer_sync(&h->up);
	del_timer(&h->down);
}

struct crane {
	struct timer_list turn;
	char *log;
	int turns;
};

static void crane_turn(struct timer_list *t)
{
	struct crane *c = container_of(t, struct crane, turn);

	c->log[0]++;
	mod_timer(&c->turn, jiffies + 10);
}

void crane_start(struct crane *c)
{
	timer_setup(&c->turn, crane_turn, 0);
	mod_timer(&c->turn, jiffies + 10);
}

static int crane_probe(struct platform_device *pdev)
{
	struct crane *c = devm_kzalloc(&pdev->dev, sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	c->log = kzalloc(16, GFP_KERNEL);
	if (!c->log)
		return -ENOMEM;
	platform_set_drvdata(pdev, c);
	crane_start(c);
	return 0;
}

/* What stops it comes too late: it is not to be done twice. */
static int crane_remove(struct platform_device *pdev)
{
	struct crane *c = platform_get_drvdata(pdev);

	if (c->log) {
		c->turns = 0;
		kfree(c->log);
	}
	del_timer_sync(&c->turn);
	return 0;
}

static struct platform_driver crane_driver = {
	.probe = crane_probe,
	.remove = crane_remove,
	.driver = {.name = "crane"},
};
module_platform_driver(crane_driver);
