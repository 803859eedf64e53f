/* The object is released, but the member that others read still points to it, and the function ends as if all were well. */
#include <linux/slab.h>

struct packet {
	int len;
};

struct ring {
	struct packet *pending;
	int full;
};

int ring_pending_len(struct ring *ring)
{
	return ring->pending ? ring->pending->len : 0;
}

void ring_start_bad(struct ring *ring)
{
	struct packet *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return;
	ring->pending = p;
	if (ring->full) {
		kfree(p);
		return; /* expect: free/use-after memory */
	}
	p->len = 1;
}

void ring_start_ok(struct ring *ring)
{
	struct packet *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return;
	ring->pending = p;
	if (ring->full) {
		ring->pending = NULL;
		kfree(p);
		return;
	}
	p->len = 1;
}

/* By a convention of its own, but it says so. */
int ring_try_bad(struct ring *ring)
{
	ring->pending = kzalloc(sizeof(*ring->pending), GFP_KERNEL);
	if (!ring->pending)
		return 0;
	if (ring->full) {
		kfree(ring->pending);
		return 0; /* expect: free/use-after memory (low) */
	}
	return 1;
}

/* Wherever it ends, the packet is gone: the member is for the time of the call. */
void ring_borrow_ok(struct ring *ring)
{
	struct packet *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return;
	ring->pending = p;
	p->len = ring_pending_len(ring);
	kfree(p);
}
