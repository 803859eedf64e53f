int check_then_clear_bad(struct device *dev)
{
	struct port *port;

	port = kmalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	memset(port, 0, sizeof(*port));
	return 0;
}

int declared_bad(struct device *dev)
{
	struct port *port = (struct port *)kmalloc(sizeof(struct port), GFP_KERNEL);

	if (unlikely(port == NULL))
		goto out;
	memset(port, 0, sizeof(*port));
	return 0;
out:
	return -ENOMEM;
}

int positive_branch_bad(struct host *host, size_t len)
{
	host->table = vmalloc(len);
	if (host->table) {
		memset(host->table, 0, len);
		return 0;
	}
	return -ENOMEM;
}

int used_before_ok(struct device *dev)
{
	struct port *port;

	port = kmalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	port_read(port);
	port_show(port->state);
	memset(port, 0, sizeof(*port));
	return 0;
}

int only_the_head_ok(struct device *dev, size_t len)
{
	struct port *port;

	port = kmalloc(sizeof(*port) + len, GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	memset(port, 0, sizeof(*port));
	return 0;
}

int zeroed_ok(struct device *dev)
{
	struct port *port = kzalloc(sizeof(*port), GFP_KERNEL);

	return port ? 0 : -ENOMEM;
}
