#include <linux/of.h>

void use_handle(u32 phandle);

void phandles_bad(struct device_node *np)
{
	struct device_node *target;
	int i = 0;

	while ((target = of_parse_phandle(np, "targets", i++))) /* expect: leak/loop of_node */
		use_handle(target->phandle);
}

void phandles_ok(struct device_node *np)
{
	struct device_node *target;
	int i = 0;

	while ((target = of_parse_phandle(np, "targets", i++))) {
		use_handle(target->phandle);
		of_node_put(target);
	}
}
