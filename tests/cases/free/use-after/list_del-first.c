/* Once the first element is off the list, the list leads to another one. */
#include <linux/list.h>
#include <linux/slab.h>

struct entry {
	struct list_head node;
	int id;
};

struct table {
	struct list_head entries;
	int count;
};

static void drop_first(struct table *t)
{
	struct entry *e = list_first_entry(&t->entries, struct entry, node);

	list_del(&e->node);
	kfree(e);
}

static void free_first(struct table *t)
{
	struct entry *e = list_first_entry(&t->entries, struct entry, node);

	kfree(e);
}

int first_id_ok(struct table *t)
{
	drop_first(t);
	return list_first_entry(&t->entries, struct entry, node)->id;
}

int first_id_bad(struct table *t)
{
	free_first(t);
	return list_first_entry(&t->entries, struct entry, node)->id; /* expect: free/use-after memory */
}

int removed_bad(struct table *t)
{
	struct entry *e = list_first_entry(&t->entries, struct entry, node);

	list_del(&e->node);
	kfree(e);
	return e->id; /* expect: free/use-after memory */
}
