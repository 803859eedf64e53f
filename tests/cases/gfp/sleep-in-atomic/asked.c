/* Code that knows its context is right about it. */
#include <linux/delay.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct dev {
	int state;
	spinlock_t lock;
};

static void settle(void)
{
	if (in_interrupt())
		udelay(1000);
	else
		msleep(1);
}

void asked_ok(struct dev *d)
{
	spin_lock(&d->lock);
	settle();
	spin_unlock(&d->lock);
}

static void delay(bool can_sleep)
{
	if (can_sleep)
		msleep(1);
	else
		udelay(1000);
}

void told_ok(struct dev *d)
{
	spin_lock(&d->lock);
	delay(false);
	spin_unlock(&d->lock);
	delay(true);
}

void told_bad(struct dev *d)
{
	spin_lock(&d->lock);
	delay(true); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&d->lock);
}

static void chain(struct dev *d, int mode)
{
	if (mode > 1)
		delay(mode != 2);
}

void chain_ok(struct dev *d)
{
	spin_lock(&d->lock);
	chain(d, 1);
	chain(d, 2);
	spin_unlock(&d->lock);
}

void chain_bad(struct dev *d)
{
	spin_lock(&d->lock);
	chain(d, 3); /* expect: gfp/sleep-in-atomic */ /* note: used */
	spin_unlock(&d->lock);
}
