/* The sleeping call is in a helper. */
#include <linux/delay.h>
#include <linux/spinlock.h>

struct dev {
	spinlock_t lock;
};

static void settle(void)
{
	msleep(20);
}

void helper_bad(struct dev *d)
{
	spin_lock(&d->lock);
	settle(); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&d->lock);
}

void helper_ok(struct dev *d)
{
	spin_lock(&d->lock);
	udelay(20);
	spin_unlock(&d->lock);
	settle();
}
