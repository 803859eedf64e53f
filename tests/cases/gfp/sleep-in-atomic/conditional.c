/* Locks that are taken under a condition and given back under the same. */
#include <linux/delay.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>

bool test_bit(long nr, const volatile unsigned long *addr);
bool busy(void);

struct dev {
	spinlock_t lock[4];
	unsigned long map;
	int mode;
};

static void put(struct dev *d, int n)
{
	preempt_disable();
	if (test_bit(n, &d->map))
		spin_lock(&d->lock[n]);
	d->mode = n;
	if (test_bit(n, &d->map))
		spin_unlock(&d->lock[n]);
	preempt_enable();
}

void bit_ok(struct dev *d)
{
	put(d, 1);
	msleep(1);
}

void bit_bad(struct dev *d, int n)
{
	if (test_bit(n, &d->map))
		spin_lock(&d->lock[n]);
	msleep(1); /* expect: gfp/sleep-in-atomic */
	if (test_bit(n, &d->map))
		spin_unlock(&d->lock[n]);
}

/* Both conditions are the same thing for a reason that cannot be seen. */
static void unseen(struct dev *d)
{
	if (busy())
		spin_lock(&d->lock[0]);
	d->mode++;
	if (busy())
		spin_unlock(&d->lock[0]);
}

void unseen_ok(struct dev *d)
{
	unseen(d);
	msleep(1);
}
