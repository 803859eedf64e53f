#include <linux/kref.h>

struct attrs;

struct queue {
	struct kref ref;
};

void uverbs_finalize_uobj_create(const struct attrs *attrs, unsigned short idx);
int copy_answer(const struct attrs *attrs, int n);
int queue_start(struct queue *q);

/* Once the object is final it is destroyed as a whole, if the method fails after all. */
int create_ok(const struct attrs *attrs, struct queue *q)
{
	kref_get(&q->ref);
	if (queue_start(q)) {
		kref_put(&q->ref, NULL);
		return -EIO;
	}
	uverbs_finalize_uobj_create(attrs, 0);
	return copy_answer(attrs, 1);
}

int create_bad(const struct attrs *attrs, struct queue *q)
{
	int ret;

	kref_get(&q->ref);
	if (queue_start(q)) {
		kref_put(&q->ref, NULL);
		return -EIO;
	}
	ret = copy_answer(attrs, 1);
	if (ret)
		return ret; /* expect: leak/error-path kref */
	uverbs_finalize_uobj_create(attrs, 0);
	return 0;
}
