/* Whether an allocation sleeps is read off its flags, through helpers too. */
#include <linux/device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct dev {
	int state;
	spinlock_t lock;
	void *p;
};

static void *item_new(gfp_t gfp)
{
	return kzalloc(64, gfp | __GFP_NOWARN);
}

static void *item_get(struct dev *d, gfp_t gfp)
{
	if (!d->p)
		d->p = item_new(gfp);
	return d->p;
}

void forwarded_bad(struct dev *d)
{
	spin_lock(&d->lock);
	item_get(d, GFP_KERNEL); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&d->lock);
}

void forwarded_ok(struct dev *d)
{
	spin_lock(&d->lock);
	item_get(d, GFP_ATOMIC);
	spin_unlock(&d->lock);
	item_get(d, GFP_KERNEL);
}

void nowait_ok(struct dev *d)
{
	spin_lock(&d->lock);
	d->p = kmalloc(64, GFP_NOWAIT);
	kfree(d->p);
	d->p = kmalloc(64, GFP_KERNEL & ~__GFP_DIRECT_RECLAIM);
	spin_unlock(&d->lock);
}

void noio_bad(struct dev *d)
{
	spin_lock(&d->lock);
	d->p = kmalloc(64, GFP_NOIO); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&d->lock);
}

void variable_ok(struct dev *d, bool locked)
{
	gfp_t gfp = locked ? GFP_ATOMIC : GFP_KERNEL;

	if (locked)
		spin_lock(&d->lock);
	d->p = kmalloc(64, gfp);
	if (locked)
		spin_unlock(&d->lock);
}

void variable_bad(struct dev *d, bool locked)
{
	gfp_t gfp = locked ? GFP_KERNEL : GFP_ATOMIC;

	if (locked)
		spin_lock(&d->lock);
	d->p = kmalloc(64, gfp); /* expect: gfp/sleep-in-atomic */
	if (locked)
		spin_unlock(&d->lock);
}

/* Nothing is known of the flags: the caller knows. */
void unknown_ok(struct dev *d, gfp_t gfp)
{
	spin_lock(&d->lock);
	d->p = kmalloc(64, gfp);
	spin_unlock(&d->lock);
}

void managed_bad(struct device *dev, struct dev *d)
{
	spin_lock(&d->lock);
	d->p = devm_kzalloc(dev, 64, GFP_KERNEL); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&d->lock);
}

void managed_ok(struct device *dev, struct dev *d)
{
	void *p = devm_kzalloc(dev, 64, GFP_KERNEL);

	spin_lock(&d->lock);
	d->p = p;
	spin_unlock(&d->lock);
}
