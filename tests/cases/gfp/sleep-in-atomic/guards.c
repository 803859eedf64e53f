/* Locks that scopes give back. */
#include <linux/delay.h>
#include <linux/spinlock.h>

struct dev {
	spinlock_t lock;
	int state;
};

void scope_bad(struct dev *d)
{
	scoped_guard(spinlock, &d->lock) {
		d->state++;
		msleep(1); /* expect: gfp/sleep-in-atomic */
	}
}

void scope_ok(struct dev *d)
{
	scoped_guard(spinlock_irq, &d->lock) {
		d->state++;
	}
	msleep(1);
}

int early_ok(struct dev *d)
{
	{
		guard(spinlock)(&d->lock);
		if (d->state)
			return 1;
	}
	msleep(1);
	return 0;
}
