/* The failing path frees what it finds in memory, of the same kind: that may be what it has taken. */
#include <linux/slab.h>

struct ring {
	void *last;
};

int ring_check(const struct ring *ring, int step);
int ring_add(struct ring *ring);

int ring_grow_ok(struct ring *ring)
{
	void *buf = kzalloc(64, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	if (ring_check(ring, 1)) {
		kfree(ring->last);
		return -EINVAL; /* expect: leak/error-path memory (low) */
	}
	kfree(ring->last);
	ring->last = buf;
	return 0;
}

int ring_grow_bad(struct ring *ring)
{
	void *buf = kzalloc(64, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	if (ring_check(ring, 1))
		return -EINVAL; /* expect: leak/error-path memory (high) */
	kfree(ring->last);
	ring->last = buf;
	return 0;
}
