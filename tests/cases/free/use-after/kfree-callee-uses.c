/* The use happens in a callee. */
#include <linux/slab.h>

struct req {
	int status;
};

static int req_status(const struct req *r)
{
	return r->status;
}

int uses_bad(void)
{
	struct req *r = kzalloc(sizeof(*r), GFP_KERNEL);

	if (!r)
		return -ENOMEM;
	kfree(r);
	return req_status(r); /* expect: free/use-after memory */
}

int uses_ok(void)
{
	struct req *r = kzalloc(sizeof(*r), GFP_KERNEL);
	int ret;

	if (!r)
		return -ENOMEM;
	ret = req_status(r);
	kfree(r);
	return ret;
}
