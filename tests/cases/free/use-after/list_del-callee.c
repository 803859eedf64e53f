#include <linux/list.h>
#include <linux/slab.h>

struct source {
	struct list_head node;
	int fresh;
};

struct remote {
	struct list_head sources;
};

int source_check(struct source *s);

static void source_del(struct source *s)
{
	list_del(&s->node);
	kfree(s);
}

static int source_try_ok(struct remote *r)
{
	struct source *s = list_first_entry(&r->sources, struct source, node);

	if (source_check(s)) {
		source_del(s);
		return -EINVAL;
	}
	return 0;
}

/* What is freed has been taken off the list by the function that frees it: the list goes on with another. */
int sources_try_ok(struct remote *r)
{
	struct source *s;

	if (!source_try_ok(r))
		return 0;
	s = list_first_entry(&r->sources, struct source, node);
	s->fresh = 0;
	return -EINVAL;
}

static void source_free(struct source *s)
{
	kfree(s);
}

int sources_try_bad(struct remote *r)
{
	struct source *s = list_first_entry(&r->sources, struct source, node);

	if (!source_check(s))
		return 0;
	source_free(s);
	s = list_first_entry(&r->sources, struct source, node);
	s->fresh = 0; /* expect: free/use-after */
	return -EINVAL;
}
