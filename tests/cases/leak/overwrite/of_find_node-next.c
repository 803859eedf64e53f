/* A lookup takes the place of the last one's result. */
#include <linux/of.h>

int lookup_bad(struct device_node *np)
{
	struct device_node *n = of_get_child_by_name(np, "a");

	if (n && !of_device_is_available(n))
		n = of_get_child_by_name(np, "b"); /* expect: leak/overwrite of_node */
	if (!n)
		return -ENODEV;
	of_node_put(n);
	return 0;
}

int lookup_ok(struct device_node *np)
{
	struct device_node *n = of_get_child_by_name(np, "a");

	if (n && !of_device_is_available(n)) {
		of_node_put(n);
		n = of_get_child_by_name(np, "b");
	}
	if (!n)
		return -ENODEV;
	of_node_put(n);
	return 0;
}
