/* The callee frees on failure: the caller is right not to. Its twin's callee does not. */
#include <linux/slab.h>

struct queue {
	u8 *head;
};

static int push_or_free(struct queue *q, u8 *buf)
{
	if (q->head) {
		kfree(buf);
		return -EBUSY;
	}
	q->head = buf;
	return 0;
}

static int push_or_log(struct queue *q, u8 *buf)
{
	if (q->head)
		return buf[0] ? -EBUSY : -EIO;
	q->head = buf;
	return 0;
}

int callee_frees_ok(struct queue *q)
{
	u8 *buf = kzalloc(8, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	return push_or_free(q, buf);
}

int callee_frees_bad(struct queue *q)
{
	u8 *buf = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = push_or_log(q, buf);
	if (ret)
		return ret; /* expect: leak/error-path memory */
	return 0;
}
