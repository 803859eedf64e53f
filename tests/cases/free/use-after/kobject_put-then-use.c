/* The reference of kobject_init_and_add() is the first: dropping it frees what the kobject lies in. */
#include <linux/completion.h>
#include <linux/kobject.h>
#include <linux/slab.h>

struct path {
	struct kobject kobj;
	int index;
	struct completion released;
};

void forget_index(int index);
int path_fill(struct path *p);

int path_add_bad(struct path *p, struct kobj_type *type, struct kobject *parent)
{
	int ret = kobject_init_and_add(&p->kobj, type, parent, "path");

	if (!ret)
		ret = path_fill(p);
	if (ret) {
		kobject_put(&p->kobj);
		forget_index(p->index); /* expect: free/use-after kobject */
	}
	return ret;
}

int path_add_ok(struct path *p, struct kobj_type *type, struct kobject *parent)
{
	int ret = kobject_init_and_add(&p->kobj, type, parent, "path");

	if (!ret)
		ret = path_fill(p);
	if (ret) {
		forget_index(p->index);
		kobject_put(&p->kobj);
	}
	return ret;
}

/* A reference more, and a reference less. */
int path_visit_ok(struct path *p)
{
	kobject_get(&p->kobj);
	kobject_put(&p->kobj);
	return p->index;
}

/* The release callback completes, and whoever waits frees. */
int path_close_ok(struct path *p, struct kobj_type *type, struct kobject *parent)
{
	int ret = kobject_init_and_add(&p->kobj, type, parent, "path");

	if (!ret)
		return 0;
	kobject_put(&p->kobj);
	wait_for_completion(&p->released);
	return p->index;
}
