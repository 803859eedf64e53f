/* The elements before the one that fails are not given back at all. */
#include <linux/slab.h>

struct rings {
	u8 *ring[4];
};

int none_bad(struct rings *r)
{
	int i;

	for (i = 0; i < 4; i++) {
		r->ring[i] = kmalloc(64, GFP_KERNEL);
		if (!r->ring[i])
			return -ENOMEM; /* expect: leak/error-path memory */ /* xfail-fn: elements of the caller's array are not counted */
	}
	return 0;
}

int none_ok(struct rings *r)
{
	int i;

	for (i = 0; i < 4; i++) {
		r->ring[i] = kmalloc(64, GFP_KERNEL);
		if (!r->ring[i]) {
			while (i--)
				kfree(r->ring[i]);
			return -ENOMEM;
		}
	}
	return 0;
}
