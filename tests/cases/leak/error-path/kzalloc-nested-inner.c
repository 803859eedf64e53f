/* The outer object is freed, what it alone points to is not. */
#include <linux/slab.h>

struct touch {
	u8 *data;
	int id;
};

int read_id(int *id);

struct touch *inner_bad(void)
{
	struct touch *ts = kzalloc(sizeof(*ts), GFP_KERNEL);

	if (!ts)
		return NULL;
	ts->data = kzalloc(32, GFP_KERNEL);
	if (!ts->data)
		goto err;
	if (read_id(&ts->id))
		goto err;
	return ts;
err:
	kfree(ts);
	return NULL; /* expect: leak/error-path memory */ /* xfail-fn: read_id() may have kept the object */
}

struct touch *inner_ok(void)
{
	struct touch *ts = kzalloc(sizeof(*ts), GFP_KERNEL);

	if (!ts)
		return NULL;
	ts->data = kzalloc(32, GFP_KERNEL);
	if (!ts->data)
		goto err;
	if (read_id(&ts->id))
		goto err;
	return ts;
err:
	kfree(ts->data);
	kfree(ts);
	return NULL;
}
