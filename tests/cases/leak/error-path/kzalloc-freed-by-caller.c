/* A helper leaves its half-done work in the structure; one caller cleans up behind it, the other does not. */
#include <linux/slab.h>

struct rings {
	u8 *rx, *tx;
};

static int alloc_rings(struct rings *r)
{
	r->rx = kzalloc(64, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	r->tx = kzalloc(64, GFP_KERNEL);
	if (!r->tx)
		return -ENOMEM;
	return 0;
}

static void free_rings(struct rings *r)
{
	kfree(r->tx);
	kfree(r->rx);
}

struct rings *caller_bad(void)
{
	struct rings *r = kzalloc(sizeof(*r), GFP_KERNEL);

	if (!r)
		return NULL;
	if (alloc_rings(r)) {
		kfree(r);
		return NULL; /* expect: leak/error-path memory */
	}
	return r;
}

struct rings *caller_ok(void)
{
	struct rings *r = kzalloc(sizeof(*r), GFP_KERNEL);

	if (!r)
		return NULL;
	if (alloc_rings(r)) {
		free_rings(r);
		kfree(r);
		return NULL;
	}
	return r;
}
