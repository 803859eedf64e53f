/* break is no better than return, unless the child is put after the loop. */
#include <linux/of.h>

int add_child(struct device_node *np);

int break_bad(struct device_node *parent)
{
	struct device_node *child;
	int ret = 0;

	for_each_available_child_of_node(parent, child) {
		ret = add_child(child);
		if (ret)
			break;
	}
	return ret; /* expect: leak/error-path of_node */
}

int break_ok(struct device_node *parent)
{
	struct device_node *child;
	int ret = 0;

	for_each_available_child_of_node(parent, child) {
		ret = add_child(child);
		if (ret)
			break;
	}
	of_node_put(child);
	return ret;
}
