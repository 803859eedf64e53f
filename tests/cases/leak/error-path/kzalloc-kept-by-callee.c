/* A callee takes memory and hangs it into the caller's structure, which whoever looks after that may look after. */
#include <linux/errno.h>
#include <linux/slab.h>

struct node {
	struct node *parent;
	int id;
};

struct tree {
	struct node *root;
};

int configure(void);
int link_up(void);

static struct node *add_node(struct tree *t, int id)
{
	struct node *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return NULL;
	n->id = id;
	t->root = n;
	return n;
}

int grow_bad(struct tree *t)
{
	struct node *n = add_node(t, 1);

	if (!n)
		return -ENOMEM;
	if (configure() < 0) {
		t->root = NULL;
		kfree(n);
		return -EIO;
	}
	if (link_up() < 0)
		return -ENODEV; /* expect: leak/error-path memory (low) */
	return 0;
}

int grow_here_bad(struct tree *t)
{
	struct node *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return -ENOMEM;
	t->root = n;
	if (configure() < 0) {
		t->root = NULL;
		kfree(n);
		return -EIO;
	}
	if (link_up() < 0)
		return -ENODEV; /* expect: leak/error-path memory (high) */
	return 0;
}
