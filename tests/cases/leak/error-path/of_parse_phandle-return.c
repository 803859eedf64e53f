#include <linux/of.h>

int node_bad(struct device_node *np, u32 *val)
{
	struct device_node *target = of_parse_phandle(np, "target", 0);

	if (!target)
		return -ENODEV;
	if (of_property_read_u32(target, "reg", val))
		return -EINVAL; /* expect: leak/error-path of_node */
	of_node_put(target);
	return 0;
}

int node_ok(struct device_node *np, u32 *val)
{
	struct device_node *target = of_parse_phandle(np, "target", 0);
	int ret;

	if (!target)
		return -ENODEV;
	ret = of_property_read_u32(target, "reg", val);
	of_node_put(target);
	return ret;
}

int node_scoped_ok(struct device_node *np, u32 *val)
{
	struct device_node *target __free(device_node) = of_parse_phandle(np, "target", 0);

	if (!target)
		return -ENODEV;
	return of_property_read_u32(target, "reg", val);
}
