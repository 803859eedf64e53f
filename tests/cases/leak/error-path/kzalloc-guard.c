/* A guard releases its lock on every way out; the memory is still the function's own business. */
#include <linux/mutex.h>
#include <linux/slab.h>

struct box {
	struct mutex lock;
	u8 *content;
};

int guard_bad(struct box *b)
{
	u8 *p;

	guard(mutex)(&b->lock);
	p = kzalloc(16, GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	if (b->content)
		return -EBUSY; /* expect: leak/error-path memory */
	b->content = p;
	return 0;
}

int guard_ok(struct box *b)
{
	u8 *p __free(kfree) = kzalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	scoped_guard(mutex, &b->lock) {
		if (b->content)
			return -EBUSY;
		b->content = no_free_ptr(p);
	}
	return 0;
}
