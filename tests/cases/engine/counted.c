/* Loops that count to a small constant, or down from one, are run as often as that. */
#include <linux/errno.h>
#include <linux/slab.h>

#define BRANCHES 3

struct tree {
	void *branch[BRANCHES], *root;
};

static void put_all(struct tree *tree)
{
	int i;

	for (i = 0; i < BRANCHES; i++)
		kfree(tree->branch[i]);
	kfree(tree->root);
}

int tree_ok(struct tree *tree)
{
	tree->branch[0] = kzalloc(8, GFP_KERNEL);
	tree->branch[1] = kzalloc(8, GFP_KERNEL);
	tree->branch[2] = kzalloc(8, GFP_KERNEL);
	tree->root = kzalloc(8, GFP_KERNEL);
	if (!tree->branch[0] || !tree->branch[1] || !tree->branch[2] || !tree->root) {
		put_all(tree);
		return -ENOMEM;
	}
	return 0;
}

static void put_some(struct tree *tree)
{
	int i;

	for (i = BRANCHES - 2; i >= 0; i--)
		kfree(tree->branch[i]);
	kfree(tree->root);
}

int tree_bad(struct tree *tree)
{
	tree->branch[0] = kzalloc(8, GFP_KERNEL);
	tree->branch[1] = kzalloc(8, GFP_KERNEL);
	tree->branch[2] = kzalloc(8, GFP_KERNEL);
	if (!tree->branch[0] || !tree->branch[1] || !tree->branch[2]) {
		put_some(tree);
		kfree(tree->branch[1]); /* expect: free/double memory */
		return -ENOMEM;		/* expect: leak/error-path memory */
	}
	tree->root = kzalloc(8, GFP_KERNEL);
	if (!tree->root) {
		put_some(tree);
		return -ENOMEM; /* expect: leak/error-path memory */
	}
	return 0;
}
