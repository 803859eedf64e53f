/* The node is followed after the only reference that this path has to it was dropped. */
#include <linux/of.h>
#include <linux/printk.h>

int node_configure(struct device_node *np);

int name_bad(struct device_node *parent)
{
	struct device_node *np = of_get_child_by_name(parent, "ports");
	int ret;

	if (!np)
		return -ENODEV;
	ret = node_configure(np);
	of_node_put(np);
	if (ret)
		pr_err("cannot configure %pOF\n", np); /* expect: free/use-after of_node (low) */
	return ret;
}

int name_ok(struct device_node *parent)
{
	struct device_node *np = of_get_child_by_name(parent, "ports");
	int ret;

	if (!np)
		return -ENODEV;
	ret = node_configure(np);
	if (ret)
		pr_err("cannot configure %pOF\n", np);
	of_node_put(np);
	return ret;
}

int handed_bad(struct device_node *parent)
{
	struct device_node *np = of_get_child_by_name(parent, "ports");

	if (!np)
		return -ENODEV;
	of_node_put(np);
	return node_configure(np); /* expect: free/use-after of_node (low) */
}

/* Only the pointer's number is shown. */
void number_ok(struct device_node *parent)
{
	struct device_node *np = of_get_child_by_name(parent, "ports");

	of_node_put(np);
	pr_info("%d%% %*d was at %p %px\n", 50, 8, 1, np, np);
}

void width_bad(struct device_node *parent)
{
	struct device_node *np = of_get_child_by_name(parent, "ports");

	of_node_put(np);
	pr_info("%d%% %*d was %pOF\n", 50, 8, 1, np); /* expect: free/use-after of_node (low) */
}

/* The reference is one of two. */
const char *second_ok(struct device_node *np)
{
	of_node_get(np);
	of_node_put(np);
	return np->name;
}

/* Found to be the same as another, of which it has a reference as well. */
int alias_ok(struct device_node *parent)
{
	struct device_node *np = of_get_child_by_name(parent, "ports");
	struct device_node *other = of_get_child_by_name(parent, "port");
	int ret = 0;

	of_node_put(np);
	if (np == other)
		ret = node_configure(np);
	of_node_put(other);
	return ret;
}
