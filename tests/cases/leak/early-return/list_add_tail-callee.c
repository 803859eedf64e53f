/* A callee that puts it on a list keeps it, whoever looks at the returned pointer. */
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/slab.h>

struct lookup {
	struct list_head node;
	int id;
};

static LIST_HEAD(lookups);

static struct lookup *lookup_alloc(int id)
{
	struct lookup *l = kzalloc(sizeof(*l), GFP_KERNEL);

	if (l)
		l->id = id;
	return l;
}

static void lookup_add(struct lookup *l)
{
	list_add_tail(&l->node, &lookups);
}

static struct lookup *lookup_create(int id)
{
	struct lookup *l = lookup_alloc(id);

	if (l)
		lookup_add(l);
	return l;
}

int alias_ok(int id)
{
	struct lookup *l = lookup_create(id);

	return l ? 0 : -ENODEV;
}

int alias_bad(int id)
{
	struct lookup *l = lookup_alloc(id);

	return l ? 0 : -ENODEV; /* expect: leak/early-return memory */
}
