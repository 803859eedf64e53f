/* Who has dropped his count of an object has given it back, whether or not it was the last. */
#include <linux/kernel.h>
#include <linux/refcount.h>
#include <linux/slab.h>

struct request {
	int id;
	refcount_t users;
};

int request_run(int id);

static struct request *request_new(void)
{
	struct request *r = kzalloc(sizeof(*r), GFP_KERNEL);

	if (r)
		refcount_set(&r->users, 1);
	return r;
}

static void request_put(struct request *r)
{
	if (refcount_dec_and_test(&r->users))
		kfree(r);
}

int run_ok(int id)
{
	struct request *r = request_new();
	int err;

	if (!r)
		return -ENOMEM;
	r->id = id;
	err = request_run(r->id);
	request_put(r);
	return err;
}

int run_bad(int id)
{
	struct request *r = request_new();
	int err;

	if (!r)
		return -ENOMEM;
	r->id = id;
	err = request_run(r->id);
	if (err)
		return err; /* expect: leak/error-path memory */
	request_put(r);
	return 0;
}

struct request *request_find(int id);

/* Two names of one object: by which of them it is released, nobody can follow. */
int share_ok(int id)
{
	struct request *fresh = request_new(), *r;
	int err;

	if (!fresh)
		return -ENOMEM;
	r = request_find(id);
	if (r != fresh)
		kfree(fresh);
	err = request_run(r->id);
	if (err) {
		request_put(r);
		return err;
	}
	return 0;
}
