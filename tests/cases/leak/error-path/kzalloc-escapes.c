/* Ways in which ownership leaves a function: none of the _ok ones is a leak, whatever happens later. */
#include <linux/list.h>
#include <linux/slab.h>

struct item {
	struct list_head list;
	struct item *next;
};

struct owner {
	struct list_head items;
	struct item *one;
};

struct item *last_item;
int check(int id);
void adopt(struct item *it);

int escape_list_ok(struct owner *o, int id)
{
	struct item *it = kzalloc(sizeof(*it), GFP_KERNEL);

	if (!it)
		return -ENOMEM;
	list_add_tail(&it->list, &o->items);
	return check(id);
}

int escape_global_ok(int id)
{
	struct item *it = kzalloc(sizeof(*it), GFP_KERNEL);

	if (!it)
		return -ENOMEM;
	it->next = last_item;
	last_item = it;
	return check(id);
}

int escape_callee_ok(int id)
{
	struct item *it = kzalloc(sizeof(*it), GFP_KERNEL);

	if (!it)
		return -ENOMEM;
	adopt(it);
	return check(id);
}

int escape_none_bad(struct owner *o, int id)
{
	struct item *it = kzalloc(sizeof(*it), GFP_KERNEL);
	int ret;

	if (!it)
		return -ENOMEM;
	it->next = o->one;
	ret = check(id);
	if (ret < 0)
		return ret; /* expect: leak/error-path memory */
	o->one = it;
	return 0;
}
