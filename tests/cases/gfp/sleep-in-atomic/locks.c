/* Every kind of lock that forbids sleeping, and of context without a lock. */
#include <linux/delay.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

struct dev {
	int state;
	spinlock_t lock;
	raw_spinlock_t raw;
	rwlock_t rw;
};

void irqsave_bad(struct dev *d)
{
	unsigned long flags;

	spin_lock_irqsave(&d->lock, flags); /* note: acquired */
	msleep(1);			    /* expect: gfp/sleep-in-atomic */
	spin_unlock_irqrestore(&d->lock, flags);
}

void irqsave_ok(struct dev *d)
{
	unsigned long flags;

	msleep(1);
	spin_lock_irqsave(&d->lock, flags);
	udelay(1);
	spin_unlock_irqrestore(&d->lock, flags);
	msleep(1);
}

void bh_bad(struct dev *d)
{
	spin_lock_bh(&d->lock);
	msleep(1); /* expect: gfp/sleep-in-atomic */
	spin_unlock_bh(&d->lock);
}

void raw_bad(struct dev *d)
{
	raw_spin_lock(&d->raw);
	msleep(1); /* expect: gfp/sleep-in-atomic */
	raw_spin_unlock(&d->raw);
}

void read_bad(struct dev *d)
{
	read_lock(&d->rw);
	msleep(1); /* expect: gfp/sleep-in-atomic */
	read_unlock(&d->rw);
}

void write_bad(struct dev *d)
{
	write_lock_bh(&d->rw);
	msleep(1); /* expect: gfp/sleep-in-atomic */
	write_unlock_bh(&d->rw);
}

void rw_ok(struct dev *d)
{
	read_lock(&d->rw);
	read_unlock(&d->rw);
	msleep(1);
	write_lock_bh(&d->rw);
	write_unlock_bh(&d->rw);
	msleep(1);
}

void rcu_bad(struct dev *d)
{
	rcu_read_lock();
	msleep(1); /* expect: gfp/sleep-in-atomic */
	rcu_read_unlock();
}

void rcu_ok(struct dev *d)
{
	rcu_read_lock();
	rcu_read_unlock();
	synchronize_rcu();
}

void preempt_bad(void)
{
	preempt_disable();
	msleep(1); /* expect: gfp/sleep-in-atomic */
	preempt_enable();
}

void preempt_ok(void)
{
	preempt_disable();
	preempt_enable();
	msleep(1);
}

void irqs_off_bad(void)
{
	unsigned long flags;

	local_irq_save(flags);
	msleep(1); /* expect: gfp/sleep-in-atomic */
	local_irq_restore(flags);
}

void bh_off_bad(void)
{
	local_bh_disable();
	msleep(1); /* expect: gfp/sleep-in-atomic */
	local_bh_enable();
	msleep(1);
}

/* Interrupts and the lock are given back one by one. */
void mixed_ok(struct dev *d)
{
	unsigned long flags;

	local_irq_save(flags);
	spin_lock(&d->lock);
	spin_unlock_irqrestore(&d->lock, flags);
	msleep(1);
	spin_lock_irqsave(&d->lock, flags);
	spin_unlock(&d->lock);
	local_irq_restore(flags);
	msleep(1);
}

void mixed_bad(struct dev *d)
{
	unsigned long flags;

	spin_lock_irqsave(&d->lock, flags);
	spin_unlock(&d->lock);
	msleep(1); /* expect: gfp/sleep-in-atomic */
	local_irq_restore(flags);
}

/* The inner section is over, the outer is not. */
void nested_bad(struct dev *d)
{
	spin_lock(&d->lock); /* note: acquired */
	raw_spin_lock(&d->raw);
	raw_spin_unlock(&d->raw);
	msleep(1); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&d->lock);
}
