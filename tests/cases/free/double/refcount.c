/* What the last holder frees is not freed by each. */
#include <linux/slab.h>
#include <linux/types.h>

struct request {
	atomic_t refs;
	int done;
};

bool atomic_dec_and_test(atomic_t *v);

static void request_put(struct request *r)
{
	if (atomic_dec_and_test(&r->refs))
		kfree(r);
}

static void request_free(struct request *r)
{
	kfree(r);
}

int wait_ok(struct request *r)
{
	request_put(r);
	if (r->done) /* xfail-fp: told with low confidence only, as it depends on the count */
		return 1;
	return 0;
}

int wait_bad(struct request *r)
{
	request_free(r);
	if (r->done) /* expect: free/use-after memory */
		return 1;
	return 0;
}
