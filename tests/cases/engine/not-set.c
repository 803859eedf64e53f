/* What has not been set is no failure: that some round of the loop is run goes without saying. */
#include <linux/errno.h>
#include <linux/slab.h>

struct rings {
	int n;
	bool paged;
	void *dump;
};

int ring_init(struct rings *rings, int i);

static int rings_init(struct rings *rings)
{
	int r, i;

	for (i = 0; i < rings->n; i++) {
		r = ring_init(rings, i);
		if (r)
			return r;
		if (rings->paged) {
			r = ring_init(rings, i);
			if (r)
				return r;
		}
	}
	rings->dump = kzalloc(64, GFP_KERNEL);
	return r;
}

int rings_late(struct rings *rings);

int start_ok(struct rings *rings)
{
	int ret = rings_init(rings);

	if (ret)
		return ret;
	kfree(rings->dump);
	return 0;
}

int start_bad(struct rings *rings)
{
	int ret = rings_init(rings);

	if (ret)
		return ret;
	ret = rings_late(rings);
	if (ret)
		return ret; /* expect: leak/error-path (low) */
	kfree(rings->dump);
	return 0;
}
