/* The callee keeps the buffer when it succeeds; on failure it is still the caller's. */
#include <linux/slab.h>

struct queue {
	u8 *head;
};

static int enqueue(struct queue *q, u8 *buf)
{
	if (q->head)
		return -EBUSY;
	q->head = buf;
	return 0;
}

int consume_bad(struct queue *q)
{
	u8 *buf = kzalloc(8, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	return enqueue(q, buf); /* expect: leak/error-path memory */
}

int consume_ok(struct queue *q)
{
	u8 *buf = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = enqueue(q, buf);
	if (ret)
		kfree(buf);
	return ret;
}
