/* The last put has freed the object through its release callback: of a kobject's type, or the one that is named. */
#include <linux/kobject.h>
#include <linux/slab.h>

struct node {
	int id;
	struct kobject kobj;
	struct kref ref;
};

int node_fill(struct node *n);

static void node_kobj_release(struct kobject *kobj)
{
	kfree(container_of(kobj, struct node, kobj));
}

static const struct kobj_type node_type = {.release = node_kobj_release};

struct node *node_add_bad(struct kobject *parent)
{
	struct node *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return NULL;
	if (kobject_init_and_add(&n->kobj, &node_type, parent, "node")) {
		kobject_put(&n->kobj);
		kfree(n); /* expect: free/double memory */
		return NULL;
	}
	return n;
}

struct node *node_add_ok(struct kobject *parent)
{
	struct node *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return NULL;
	if (kobject_init_and_add(&n->kobj, &node_type, parent, "node")) {
		kobject_put(&n->kobj);
		return NULL;
	}
	return n;
}

static void node_release(struct kref *ref)
{
	kfree(container_of(ref, struct node, ref));
}

static void node_put(struct node *n)
{
	kref_put(&n->ref, node_release);
}

int node_run_bad(void)
{
	struct node *n = kzalloc(sizeof(*n), GFP_KERNEL);
	int ret;

	if (!n)
		return -ENOMEM;
	kref_init(&n->ref);
	ret = node_fill(n);
	node_put(n);
	return ret ? ret : n->id; /* expect: free/use-after memory */
}

/* Nobody else has seen it yet: no put is needed. */
int node_run_ok(void)
{
	struct node *n = kzalloc(sizeof(*n), GFP_KERNEL);
	int ret;

	if (!n)
		return -ENOMEM;
	kref_init(&n->ref);
	n->id = 1;
	ret = n->kobj.name != NULL;
	kfree(n);
	return ret;
}

/* One reference of two. */
int node_share_ok(void)
{
	struct node *n = kzalloc(sizeof(*n), GFP_KERNEL);
	int ret;

	if (!n)
		return -ENOMEM;
	kref_init(&n->ref);
	kref_get(&n->ref);
	ret = node_fill(n);
	node_put(n);
	ret += n->id;
	node_put(n);
	return ret;
}
