int other_bad(struct device *dev)
{
	struct port *port;

	port = kzalloc(sizeof(struct host), GFP_KERNEL);
	return port ? 0 : -ENOMEM;
}

int managed_bad(struct device *dev)
{
	struct host *host;

	host = devm_kzalloc(dev, sizeof(struct device), GFP_KERNEL);
	return host ? 0 : -ENOMEM;
}

int same_ok(struct device *dev)
{
	struct port *port;

	port = kzalloc(sizeof(struct port), GFP_KERNEL);
	return port ? 0 : -ENOMEM;
}

int bytes_ok(struct device *dev)
{
	u8 *message;

	message = kzalloc(sizeof(struct port), GFP_KERNEL);
	return message ? 0 : -ENOMEM;
}
