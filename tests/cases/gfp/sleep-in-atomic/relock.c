/* The caller holds the lock, and the callee gives it back while it sleeps. */
#include <linux/delay.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct dev {
	int state;
	spinlock_t lock;
	spinlock_t other;
};

static void wait_unlocked(struct dev *d)
{
	spin_unlock(&d->lock);
	msleep(1);
	spin_lock(&d->lock);
}

static void wait_locked(struct dev *d)
{
	d->state++;
	msleep(1);
}

void relock_ok(struct dev *d)
{
	spin_lock(&d->lock);
	d->state++;
	spin_unlock(&d->lock);
	msleep(1);
	spin_lock(&d->lock);
	d->state++;
	spin_unlock(&d->lock);
}

void callee_ok(struct dev *d)
{
	spin_lock(&d->lock);
	while (d->state)
		wait_unlocked(d);
	spin_unlock(&d->lock);
}

void callee_bad(struct dev *d)
{
	spin_lock(&d->lock);
	while (d->state)
		wait_locked(d); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&d->lock);
}

/* It gives back one of the two. */
void two_bad(struct dev *d)
{
	spin_lock(&d->other);
	spin_lock(&d->lock);
	wait_unlocked(d); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&d->lock);
	spin_unlock(&d->other);
}

static void lock(struct dev *d)
{
	spin_lock(&d->lock);
}

static void unlock(struct dev *d)
{
	spin_unlock(&d->lock);
}

void helpers_bad(struct dev *d)
{
	lock(d);
	msleep(1); /* expect: gfp/sleep-in-atomic */
	unlock(d);
}

void helpers_ok(struct dev *d)
{
	lock(d);
	d->state++;
	unlock(d);
	msleep(1);
}

/* Two ways out, each of which unlocks. */
int ways_ok(struct dev *d)
{
	spin_lock(&d->lock);
	if (d->state < 0) {
		spin_unlock(&d->lock);
		msleep(1);
		return -EINVAL;
	}
	spin_unlock(&d->lock);
	msleep(1);
	return 0;
}

int forgotten_bad(struct dev *d)
{
	spin_lock(&d->lock);
	if (!d->state)
		spin_unlock(&d->lock);
	msleep(1); /* expect: gfp/sleep-in-atomic */
	return 0;
}

/* The same condition locks and unlocks. */
void flag_ok(struct dev *d, bool locked)
{
	if (!locked)
		spin_lock(&d->lock);
	d->state++;
	if (!locked) {
		spin_unlock(&d->lock);
		msleep(1);
	}
}
