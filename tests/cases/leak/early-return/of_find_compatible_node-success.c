/* A getter whose result is only looked at. */
#include <linux/of.h>

bool present_bad(void)
{
	struct device_node *np = of_find_compatible_node(NULL, NULL, "example,thing");

	if (!np)
		return false;
	return of_property_read_bool(np, "feature"); /* expect: leak/early-return of_node */
}

bool present_ok(void)
{
	struct device_node *np = of_find_compatible_node(NULL, NULL, "example,thing");
	bool ret;

	if (!np)
		return false;
	ret = of_property_read_bool(np, "feature");
	of_node_put(np);
	return ret;
}
