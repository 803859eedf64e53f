/* An initialised device in managed memory, with no name yet, holds nothing that is lost with that memory. */
#include <linux/device.h>
#include <linux/slab.h>

struct node {
	struct device dev;
	int id;
};

int node_prepare(struct node *node);
void keep_node(struct node *node);

int node_managed_ok(struct device *parent)
{
	struct node *node = devm_kzalloc(parent, sizeof(*node), GFP_KERNEL);
	int ret;

	if (!node)
		return -ENOMEM;
	device_initialize(&node->dev);
	ret = node_prepare(node);
	if (ret)
		return ret; /* expect: leak/error-path device (low) */
	keep_node(node);
	return 0;
}

int node_own_bad(void)
{
	struct node *node = kzalloc(sizeof(*node), GFP_KERNEL);
	int ret;

	if (!node)
		return -ENOMEM;
	device_initialize(&node->dev);
	ret = node_prepare(node);
	if (ret)
		return ret; /* expect: leak/error-path device */
	keep_node(node);
	return 0;
}
