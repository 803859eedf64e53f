/* Flags for atomic context in a function that sleeps anyway. */
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct dev {
	struct mutex config;
	spinlock_t lock;
	u8 *p;
	int state;
};

void mutex_bad(struct dev *d)
{
	mutex_lock(&d->config);		/* note: note */
	d->p = kmalloc(16, GFP_ATOMIC); /* expect: alloc/context memory */
	mutex_unlock(&d->config);
}

void mutex_ok(struct dev *d)
{
	mutex_lock(&d->config);
	d->p = kmalloc(16, GFP_KERNEL);
	mutex_unlock(&d->config);
}

void locked_ok(struct dev *d)
{
	mutex_lock(&d->config);
	spin_lock(&d->lock);
	d->p = kmalloc(16, GFP_ATOMIC);
	spin_unlock(&d->lock);
	mutex_unlock(&d->config);
}

/* On one way the lock is held. */
void sometimes_ok(struct dev *d, bool locked)
{
	mutex_lock(&d->config);
	mutex_unlock(&d->config);
	if (locked)
		spin_lock(&d->lock);
	d->p = kmalloc(16, GFP_ATOMIC);
	if (locked)
		spin_unlock(&d->lock);
}

/* It does not always sleep. */
void either_ok(struct dev *d)
{
	if (d->state) {
		mutex_lock(&d->config);
		mutex_unlock(&d->config);
	}
	d->p = kmalloc(16, GFP_ATOMIC);
}
