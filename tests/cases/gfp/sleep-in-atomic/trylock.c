/* Only who got the lock must not sleep. */
#include <linux/delay.h>
#include <linux/spinlock.h>

struct dev {
	int state;
	spinlock_t lock;
};

void try_bad(struct dev *d)
{
	if (!spin_trylock(&d->lock))
		return;
	msleep(1); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&d->lock);
}

void try_ok(struct dev *d)
{
	while (!spin_trylock(&d->lock))
		msleep(1);
	d->state++;
	spin_unlock(&d->lock);
	msleep(1);
}

static bool enter(struct dev *d)
{
	return spin_trylock(&d->lock) && d->state;
}

static bool enter_or_not(struct dev *d)
{
	if (spin_trylock(&d->lock))
		return true;
	return false;
}

void helper_bad(struct dev *d)
{
	if (enter_or_not(d)) {
		msleep(1); /* expect: gfp/sleep-in-atomic */
		spin_unlock(&d->lock);
	}
}

void helper_ok(struct dev *d)
{
	if (!enter_or_not(d)) {
		msleep(1);
		return;
	}
	spin_unlock(&d->lock);
	msleep(1);
}

void other_ok(struct dev *d)
{
	if (enter(d))
		spin_unlock(&d->lock);
}
