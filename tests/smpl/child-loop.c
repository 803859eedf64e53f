int return_bad(struct device *dev)
{
	struct device_node *child;
	u32 reg;
	int ret;

	for_each_child_of_node(dev->of_node, child) {
		ret = of_property_read_u32(child, "reg", &reg);
		if (ret)
			return ret;
	}
	return 0;
}

int available_bad(struct device *dev)
{
	struct device_node *child;

	for_each_available_child_of_node(dev->of_node, child) {
		if (!of_device_is_compatible(child, "port"))
			continue;
		if (port_add(dev, child) < 0)
			return dev_err_probe(dev, -EINVAL, "bad port %pOF\n", child);
	}
	return 0;
}

int compatible_bad(struct device *dev)
{
	struct device_node *np;

	for_each_compatible_node(np, NULL, "host") {
		if (!port_add(dev, np))
			return -EINVAL;
	}
	return 0;
}

int fwnode_bad(struct device *dev)
{
	struct fwnode_handle *child;
	int ret;

	device_for_each_child_node(dev, child) {
		ret = port_read(dev, child);
		if (ret)
			return ret;
	}
	return 0;
}

int goto_bad(struct device *dev)
{
	struct device_node *child;
	int ret = 0;

	for_each_child_of_node(dev->of_node, child) {
		ret = port_add(dev, child);
		if (ret)
			goto out;
	}
out:
	port_sync(dev);
	return ret;
}

int put_ok(struct device *dev)
{
	struct device_node *child;
	int ret;

	for_each_child_of_node(dev->of_node, child) {
		ret = port_add(dev, child);
		if (ret) {
			of_node_put(child);
			return ret;
		}
	}
	return 0;
}

int goto_ok(struct device *dev)
{
	struct device_node *child;
	int ret = 0;

	for_each_child_of_node(dev->of_node, child) {
		ret = port_add(dev, child);
		if (ret)
			goto err_put;
	}
	return 0;
err_put:
	of_node_put(child);
	return ret;
}

struct device_node *returned_ok(struct device *dev)
{
	struct device_node *child;

	for_each_child_of_node(dev->of_node, child) {
		if (of_device_is_compatible(child, "port"))
			return child;
	}
	return NULL;
}

int stored_ok(struct host *host)
{
	struct device_node *child;

	for_each_child_of_node(host->dev->of_node, child) {
		if (of_device_is_compatible(child, "port")) {
			host->port = child;
			return 0;
		}
	}
	return -ENODEV;
}

int scoped_ok(struct device *dev)
{
	for_each_child_of_node_scoped(dev->of_node, child) {
		if (port_add(dev, child))
			return -EINVAL;
	}
	return 0;
}

int device_node_ok(struct device *dev)
{
	struct device_node *child;

	for_each_child_of_node(dev->of_node, child) {
		if (of_device_is_compatible(child, "port")) {
			device_set_node(dev, of_fwnode_handle(child));
			return 0;
		}
	}
	return -ENODEV;
}
