/* A helper frees the object in one of its cases. */
#include <linux/slab.h>

struct req {
	int status;
	bool last;
};

static bool complete_req(struct req *r)
{
	if (!r->last)
		return false;
	kfree(r);
	return true;
}

int callee_bad(struct req *r)
{
	complete_req(r);
	return r->status; /* expect: free/use-after memory */
}

int callee_ok(struct req *r)
{
	if (complete_req(r))
		return 0;
	return r->status;
}
