#include <linux/of.h>

void mark(u32 handle);

void parent_bad(struct device_node *np)
{
	struct device_node *parent = of_get_parent(np);

	if (parent)
		mark(parent->phandle);
} /* expect: leak/early-return of_node */

void parent_ok(struct device_node *np)
{
	struct device_node *parent = of_get_parent(np);

	if (parent)
		mark(parent->phandle);
	of_node_put(parent);
}
