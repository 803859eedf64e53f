/* How many there are is no error code, and a loop that is not run has not counted up to less than nothing. */
#include <linux/errno.h>
#include <linux/slab.h>

struct scan {
	int n;
	int err;
	int *rates;
};

int prepare_bad(struct scan *s, u32 **out)
{
	u32 *buckets = kcalloc(s->n, sizeof(*buckets), GFP_KERNEL);
	int i;

	if (!buckets)
		return -ENOMEM;
	for (i = 0; i < s->n; i++) {
		if (s->rates[i] < 0)
			return -EINVAL; /* expect: leak/error-path memory */
		buckets[i] = s->rates[i];
	}
	*out = buckets;
	return s->n;
}

int prepare_ok(struct scan *s, u32 **out)
{
	u32 *buckets = kcalloc(s->n, sizeof(*buckets), GFP_KERNEL);
	int i, err;

	if (!buckets)
		return -ENOMEM;
	for (i = 0; i < s->n; i++) {
		if (s->rates[i] < 0) {
			err = -EINVAL;
			goto fail;
		}
		buckets[i] = s->rates[i];
	}
	*out = buckets;
	return s->n;

fail:
	kfree(buckets);
	return err;
}
