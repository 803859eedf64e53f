/* What sleeps only for threaded handlers: told quietly of a callback, surely where a lock is held. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct port {
	spinlock_t lock;
	int irq;
};

static irqreturn_t port_other_irq(int irq, void *data)
{
	struct port *p = data;

	disable_irq(p->irq); /* expect: gfp/sleep-in-atomic (low) */
	return IRQ_HANDLED;
}

static irqreturn_t port_slow_irq(int irq, void *data)
{
	msleep(1); /* expect: gfp/sleep-in-atomic (high) */
	return IRQ_HANDLED;
}

static irqreturn_t port_irq_ok(int irq, void *data)
{
	struct port *p = data;

	disable_irq_nosync(p->irq);
	return IRQ_HANDLED;
}

int port_start(struct port *p)
{
	int ret = request_irq(p->irq + 1, port_other_irq, 0, "other", p);

	if (ret)
		return ret;
	ret = request_irq(p->irq + 2, port_slow_irq, 0, "slow", p);
	if (ret)
		goto err_other;
	ret = request_irq(p->irq, port_irq_ok, 0, "port", p);
	if (ret)
		goto err_slow;
	return 0;

err_slow:
	free_irq(p->irq + 2, p);
err_other:
	free_irq(p->irq + 1, p);
	return ret;
}

void port_stop_bad(struct port *p)
{
	spin_lock(&p->lock);
	disable_irq(p->irq); /* expect: gfp/sleep-in-atomic (high) */
	spin_unlock(&p->lock);
}
