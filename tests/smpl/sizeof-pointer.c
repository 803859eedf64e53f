int assigned_bad(struct device *dev)
{
	struct port *port;

	port = kzalloc(sizeof(port), GFP_KERNEL);
	return port ? 0 : -ENOMEM;
}

int declared_bad(struct device *dev)
{
	struct port *port = kmalloc(sizeof(port), GFP_KERNEL);

	return port ? 0 : -ENOMEM;
}

int managed_bad(struct device *dev)
{
	struct port *port;

	port = devm_kzalloc(dev, sizeof(port), GFP_KERNEL);
	return port ? 0 : -ENOMEM;
}

void cleared_bad(struct port *port)
{
	memset(port, 0, sizeof(port));
}

int assigned_ok(struct device *dev)
{
	struct port *port;

	port = kzalloc(sizeof(*port), GFP_KERNEL);
	return port ? 0 : -ENOMEM;
}

void cleared_ok(struct port *port)
{
	struct port local;
	u32 words[4];

	memset(port, 0, sizeof(*port));
	memset(&local, 0, sizeof(local));
	memset(words, 0, sizeof(words));
}

int counted_bad(struct device *dev, int n)
{
	struct port *port;

	port = devm_kcalloc(dev, n, sizeof(port), GFP_KERNEL);
	return port ? 0 : -ENOMEM;
}

void *copied_bad(struct port *port)
{
	return kmemdup(port, sizeof(port), GFP_KERNEL);
}

int typed_bad(struct device *dev)
{
	struct port *port;

	port = kmalloc(sizeof(struct port *), GFP_KERNEL);
	return port ? 0 : -ENOMEM;
}

int typed_ok(struct device *dev, int n)
{
	struct port *port, **ports;

	port = kmalloc(sizeof(struct port), GFP_KERNEL);
	ports = kmalloc(sizeof(struct port *), GFP_KERNEL);
	port = devm_kcalloc(dev, n, sizeof(*port), GFP_KERNEL);
	return port ? 0 : -ENOMEM;
}

void *copied_ok(struct port *port)
{
	struct port local[2];

	kmemdup(local, sizeof(local), GFP_KERNEL);
	return kmemdup(port, sizeof(*port), GFP_KERNEL);
}
