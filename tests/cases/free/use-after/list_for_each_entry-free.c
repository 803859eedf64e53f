/* Freeing list members needs the iterator that has looked ahead. */
#include <linux/list.h>
#include <linux/slab.h>

struct node {
	struct list_head list;
};

void list_bad(struct list_head *head)
{
	struct node *n;

	list_for_each_entry(n, head, list) /* expect: free/use-after memory */
		kfree(n);
}

void list_ok(struct list_head *head)
{
	struct node *n, *next;

	list_for_each_entry_safe(n, next, head, list) {
		list_del(&n->list);
		kfree(n);
	}
}
