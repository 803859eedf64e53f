#include <linux/device.h>
#include <linux/slab.h>

struct ring {
	void *buf[16];
	int n;
	struct device *dev;
};

int ring_start(struct ring *r);
int ring_submit(struct ring *r);

static void ring_free(struct ring *r)
{
	int i;

	for (i = 0; i < r->n; i++)
		kfree(r->buf[i]);
}

/* How many are there is in r->n both times, but the analyser can't know that it's the same number. */
int ring_alloc_ok(struct ring *r, int wanted)
{
	int i, ret;

	for (i = 0; i < wanted; i++) {
		r->buf[i] = kmalloc(64, GFP_KERNEL);
		if (!r->buf[i])
			break;
	}
	r->n = i;
	ret = ring_start(r);
	if (ret) {
		ring_free(r);
		return ret;
	}
	ret = ring_submit(r);
	if (ret) {
		ring_free(r);
		return ret;
	}
	return 0;
}

/* The one that is taken in this very round is in no array yet. */
int ring_alloc_bad(struct ring *r, int wanted)
{
	void *buf;
	int i;

	for (i = 0; i < wanted; i++) {
		buf = kmalloc(64, GFP_KERNEL);
		if (!buf)
			return -ENOMEM;
		if (ring_start(r))
			return -EIO; /* expect: leak/error-path */
		r->buf[i] = buf;
	}
	return 0;
}
