/* Walking up the tree: every step holds a reference that the next one must drop. */
#include <linux/of.h>

u32 grandparent_bad(struct device_node *np)
{
	struct device_node *n = of_get_parent(np);
	u32 handle;

	if (!n)
		return 0;
	n = of_get_parent(n); /* expect: leak/overwrite of_node */
	handle = n ? n->phandle : 0;
	of_node_put(n);
	return handle;
}

u32 grandparent_ok(struct device_node *np)
{
	struct device_node *parent = of_get_parent(np), *n;
	u32 handle;

	n = parent ? of_get_parent(parent) : NULL;
	of_node_put(parent);
	handle = n ? n->phandle : 0;
	of_node_put(n);
	return handle;
}
