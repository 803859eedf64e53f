/* The search ends at the child found, and keeps a reference to it that nobody wants. */
#include <linux/of.h>

bool found_bad(struct device_node *parent)
{
	struct device_node *child;

	for_each_child_of_node(parent, child) {
		if (of_property_read_bool(child, "default"))
			return true; /* expect: leak/early-return of_node */
	}
	return false;
}

bool found_ok(struct device_node *parent)
{
	struct device_node *child;

	for_each_child_of_node(parent, child) {
		if (of_property_read_bool(child, "default")) {
			of_node_put(child);
			return true;
		}
	}
	return false;
}

struct device_node *found_returned_ok(struct device_node *parent)
{
	struct device_node *child;

	for_each_child_of_node(parent, child) {
		if (of_property_read_bool(child, "default"))
			return child;
	}
	return NULL;
}
