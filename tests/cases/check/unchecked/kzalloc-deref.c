#include <linux/slab.h>

struct obj {
	int id;
};

struct obj *fresh_bad(int id)
{
	struct obj *o = kzalloc(sizeof(*o), GFP_KERNEL);

	o->id = id; /* expect: check/unchecked */
	return o;
}

struct obj *fresh_ok(int id)
{
	struct obj *o = kzalloc(sizeof(*o), GFP_KERNEL);

	if (o)
		o->id = id;
	return o;
}

struct obj *nofail_ok(int id)
{
	struct obj *o = kzalloc(sizeof(*o), GFP_KERNEL | __GFP_NOFAIL); /* expect: gfp/nofail memory */

	o->id = id;
	return o;
}
