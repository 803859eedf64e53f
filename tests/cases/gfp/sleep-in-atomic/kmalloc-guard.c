/* The lock is held until the end of the scope. */
#include <linux/slab.h>
#include <linux/spinlock.h>

struct queue {
	spinlock_t lock;
	u8 *head;
};

int guard_bad(struct queue *q)
{
	guard(spinlock)(&q->lock);
	q->head = kzalloc(16, GFP_KERNEL); /* expect: gfp/sleep-in-atomic */
	return q->head ? 0 : -ENOMEM;
}

int guard_ok(struct queue *q)
{
	u8 *p = kzalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	guard(spinlock)(&q->lock);
	q->head = p;
	return 0;
}
