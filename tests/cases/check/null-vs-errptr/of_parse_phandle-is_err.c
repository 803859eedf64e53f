#include <linux/of.h>

int handle_bad(struct device_node *np)
{
	struct device_node *n = of_parse_phandle(np, "x", 0);

	if (IS_ERR(n)) /* expect: check/null-vs-errptr */
		return PTR_ERR(n);
	of_node_put(n);
	return 0;
}

int handle_ok(struct device_node *np)
{
	struct device_node *n = of_parse_phandle(np, "x", 0);

	if (!n)
		return -ENODEV;
	of_node_put(n);
	return 0;
}
