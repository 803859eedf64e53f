/* The outer object is lost when its member cannot be allocated. */
#include <linux/slab.h>

struct touch {
	u8 *data;
};

struct touch *nested_bad(void)
{
	struct touch *ts = kzalloc(sizeof(*ts), GFP_KERNEL);

	if (!ts)
		return NULL;
	ts->data = kzalloc(32, GFP_KERNEL);
	if (!ts->data)
		return NULL; /* expect: leak/error-path memory */
	return ts;
}

struct touch *nested_ok(void)
{
	struct touch *ts = kzalloc(sizeof(*ts), GFP_KERNEL);

	if (!ts)
		return NULL;
	ts->data = kzalloc(32, GFP_KERNEL);
	if (!ts->data) {
		kfree(ts);
		return NULL;
	}
	return ts;
}
