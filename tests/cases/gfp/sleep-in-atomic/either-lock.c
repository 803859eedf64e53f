/* A helper that takes one lock or the other, as the driver was set up: what sleeps is for the mode that may. */
#include <linux/delay.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct cache {
	spinlock_t spin;
	struct mutex lock;
	int no_sleep;
};

static void cache_lock(struct cache *c)
{
	if (c->no_sleep)
		spin_lock_bh(&c->spin);
	else
		mutex_lock(&c->lock);
}

static void cache_unlock(struct cache *c)
{
	if (c->no_sleep)
		spin_unlock_bh(&c->spin);
	else
		mutex_unlock(&c->lock);
}

int busy(struct cache *c);

/* `busy` may have changed the mode, for all that is known. */
void settle_bad(struct cache *c)
{
	cache_lock(c);
	while (busy(c))
		msleep(1); /* expect: gfp/sleep-in-atomic (low) */
	cache_unlock(c);
}

static void only_spin(struct cache *c)
{
	spin_lock_bh(&c->spin);
}

void always_bad(struct cache *c)
{
	only_spin(c);
	while (busy(c))
		msleep(1); /* expect: gfp/sleep-in-atomic (high) */
	spin_unlock_bh(&c->spin);
}
