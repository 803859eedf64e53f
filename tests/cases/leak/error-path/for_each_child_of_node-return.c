/* Leaving the iterator early keeps its reference to the current child. */
#include <linux/of.h>

int add_child(struct device_node *np);

int iterate_bad(struct device_node *parent)
{
	struct device_node *child;
	int ret;

	for_each_child_of_node(parent, child) {
		ret = add_child(child);
		if (ret)
			return ret; /* expect: leak/error-path of_node */
	}
	return 0;
}

int iterate_ok(struct device_node *parent)
{
	struct device_node *child;
	int ret;

	for_each_child_of_node(parent, child) {
		ret = add_child(child);
		if (ret) {
			of_node_put(child);
			return ret;
		}
	}
	return 0;
}

int iterate_scoped_ok(struct device_node *parent)
{
	int ret;

	for_each_child_of_node_scoped(parent, child) {
		ret = add_child(child);
		if (ret)
			return ret;
	}
	return 0;
}
