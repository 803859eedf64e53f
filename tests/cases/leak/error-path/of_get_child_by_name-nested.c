/* Two nodes in hand: the second one's failure forgets the first. */
#include <linux/of.h>

int ports_bad(struct device_node *np)
{
	struct device_node *ports, *port;
	int n;

	ports = of_get_child_by_name(np, "ports");
	if (!ports)
		return -ENODEV;
	port = of_get_next_child(ports, NULL);
	if (!port)
		return -ENODEV; /* expect: leak/error-path of_node */
	n = of_get_child_count(port);
	of_node_put(port);
	of_node_put(ports);
	return n;
}

int ports_ok(struct device_node *np)
{
	struct device_node *ports, *port;
	int n;

	ports = of_get_child_by_name(np, "ports");
	if (!ports)
		return -ENODEV;
	port = of_get_next_child(ports, NULL);
	of_node_put(ports);
	if (!port)
		return -ENODEV;
	n = of_get_child_count(port);
	of_node_put(port);
	return n;
}
