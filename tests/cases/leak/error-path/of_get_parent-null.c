#include <linux/of.h>

int use_nodes(struct device_node *np, struct device_node *parent);

/* No node has no parent. */
int nodes_ok(struct device_node *from)
{
	struct device_node *np = of_parse_phandle(from, "map", 0);
	struct device_node *parent = of_get_parent(np);
	int ret;

	if (!np)
		return -ENODEV;
	if (!parent) {
		of_node_put(np);
		return -ENODEV;
	}
	ret = use_nodes(np, parent);
	of_node_put(parent);
	of_node_put(np);
	return ret;
}

int nodes_bad(struct device_node *from)
{
	struct device_node *np = of_parse_phandle(from, "map", 0);
	struct device_node *parent = of_get_parent(np);
	int ret;

	if (!np || !parent)
		return -ENODEV; /* expect: leak/error-path of_node */
	ret = use_nodes(np, parent);
	of_node_put(parent);
	of_node_put(np);
	return ret;
}
