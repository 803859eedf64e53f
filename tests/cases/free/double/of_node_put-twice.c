/* More puts than gets: the iterator drops its reference itself. */
#include <linux/of.h>

void visit(u32 handle);

int put_bad(struct device_node *np)
{
	struct device_node *n = of_get_child_by_name(np, "a");

	if (!n)
		return -ENODEV;
	visit(n->phandle);
	of_node_put(n);
	if (of_get_child_count(np) > 1) {
		of_node_put(n); /* expect: free/double of_node */
		return -EINVAL;
	}
	return 0;
}

int put_ok(struct device_node *np)
{
	struct device_node *n = of_get_child_by_name(np, "a");

	if (!n)
		return -ENODEV;
	visit(n->phandle);
	of_node_put(n);
	if (of_get_child_count(np) > 1)
		return -EINVAL;
	return 0;
}
