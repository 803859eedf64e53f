#include <linux/slab.h>
#include <linux/spinlock.h>

struct queue {
	spinlock_t lock;
	u8 *head;
};

int locked_bad(struct queue *q)
{
	spin_lock(&q->lock);
	q->head = kmalloc(16, GFP_KERNEL); /* expect: gfp/sleep-in-atomic */
	spin_unlock(&q->lock);
	return q->head ? 0 : -ENOMEM;
}

int locked_ok(struct queue *q)
{
	u8 *p = kmalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	spin_lock(&q->lock);
	q->head = p;
	spin_unlock(&q->lock);
	return 0;
}

int atomic_ok(struct queue *q)
{
	unsigned long flags;

	spin_lock_irqsave(&q->lock, flags);
	q->head = kmalloc(16, GFP_ATOMIC);
	spin_unlock_irqrestore(&q->lock, flags);
	return q->head ? 0 : -ENOMEM;
}
