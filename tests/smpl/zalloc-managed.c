int devm_bad(struct device *dev)
{
	struct port *port;

	port = devm_kmalloc(dev, sizeof(*port), GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	memset(port, 0, sizeof(*port));
	return 0;
}

int cache_bad(struct host *host)
{
	struct port *port;

	port = kmem_cache_alloc(host->cache, GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	memset(port, 0, sizeof(*port));
	return 0;
}

int array_bad(struct host *host, unsigned int n)
{
	host->ports = kmalloc_array(n, sizeof(struct port), GFP_KERNEL);
	if (!host->ports)
		return -ENOMEM;
	memset(host->ports, 0, n * sizeof(struct port));
	return 0;
}

int devm_array_bad(struct host *host, unsigned int n)
{
	host->ports = devm_kmalloc_array(host->dev, n, sizeof(u32), GFP_KERNEL);
	if (!host->ports)
		return -ENOMEM;
	memset(host->ports, 0, sizeof(u32) * n);
	return 0;
}

int other_fill_ok(struct host *host, unsigned int n)
{
	host->ports = kmalloc_array(n, sizeof(u32), GFP_KERNEL);
	if (!host->ports)
		return -ENOMEM;
	memset(host->ports, 0xff, n * sizeof(u32));
	return 0;
}

int zeroing_ok(struct device *dev)
{
	struct port *port = devm_kzalloc(dev, sizeof(*port), GFP_KERNEL);

	return port ? 0 : -ENOMEM;
}
