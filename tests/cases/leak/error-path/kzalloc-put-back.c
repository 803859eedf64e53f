/* What a helper puts back after it has cleared the object, and what it copies without knowing it. */
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

struct task {
	int *done;
	int a;
};

int task_exec(const struct task *t);

static void reset(struct task *t)
{
	int *done = t->done;

	memset(t, 0, sizeof(*t));
	t->done = done;
}

static void forget(struct task *t)
{
	memset(t, 0, sizeof(*t));
}

static struct task *task_new(void)
{
	struct task *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return NULL;
	t->done = kzalloc(sizeof(*t->done), GFP_KERNEL);
	if (!t->done) {
		kfree(t);
		return NULL;
	}
	return t;
}

static void task_free(struct task *t)
{
	kfree(t->done);
	kfree(t);
}

int run_ok(void)
{
	struct task *t = task_new();
	int err;

	if (!t)
		return -ENOMEM;
	err = task_exec(t);
	if (err < 0) {
		reset(t);
		err = task_exec(t);
	}
	task_free(t);
	return err;
}

int run_bad(void)
{
	struct task *t = task_new();
	int err;

	if (!t)
		return -ENOMEM;
	err = task_exec(t);
	if (err < 0) {
		forget(t);
		task_free(t);
		return err; /* expect: leak/error-path memory */
	}
	task_free(t);
	return 0;
}

struct slot {
	void *buf;
	int len;
};

struct ring {
	struct slot *slots;
	int next;
};

static int take(struct slot *slot)
{
	slot->buf = kzalloc(16, GFP_KERNEL);
	if (!slot->buf)
		return -ENOMEM;
	slot->len = 16;
	return 0;
}

static void replace(struct ring *ring, const struct slot *with)
{
	ring->slots[ring->next] = *with;
	ring->slots[ring->next].len = 0;
	ring->next++;
}

static void count(struct ring *ring, const struct slot *with)
{
	struct slot copy = *with;

	ring->next += copy.len;
}

int fill_ok(struct ring *ring, int n)
{
	struct slot slot;

	for (int i = 0; i < n; i++) {
		if (take(&slot))
			return -ENOMEM;
		replace(ring, &slot);
	}
	return 0;
}

int fill_bad(struct ring *ring)
{
	struct slot slot;

	if (take(&slot))
		return -ENOMEM;
	count(ring, &slot);
	if (ring->next > 16)
		return -EIO; /* expect: leak/error-path memory */
	kfree(slot.buf);
	return 0;
}
