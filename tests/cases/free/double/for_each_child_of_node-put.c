/* Putting the child in the body as well takes away a reference that the next step drops again. */
#include <linux/of.h>

void visit(u32 handle);

void iterate_bad(struct device_node *parent)
{
	struct device_node *child;

	for_each_child_of_node(parent, child) { /* expect: free/double of_node */
		visit(child->phandle);
		of_node_put(child);
	}
}

void iterate_ok(struct device_node *parent)
{
	struct device_node *child;

	for_each_child_of_node(parent, child)
		visit(child->phandle);
}
