#define PORTS 8

int product_bad(struct host *host, unsigned int n)
{
	host->ports = kzalloc(n * sizeof(*host->ports), GFP_KERNEL);
	return host->ports ? 0 : -ENOMEM;
}

int sizeof_first_bad(struct host *host)
{
	host->ports = vmalloc(sizeof(struct port) * host->n_ports);
	return host->ports ? 0 : -ENOMEM;
}

int managed_bad(struct host *host, unsigned int n)
{
	host->ports = devm_kzalloc(host->dev, sizeof(u32) * n, GFP_KERNEL);
	return host->ports ? 0 : -ENOMEM;
}

int constant_ok(struct host *host)
{
	host->ports = kzalloc(PORTS * sizeof(*host->ports), GFP_KERNEL);
	host->more = kzalloc(16 * sizeof(struct port), GFP_KERNEL);
	return host->ports ? 0 : -ENOMEM;
}

int array_ok(struct host *host, unsigned int n)
{
	host->ports = kcalloc(n, sizeof(*host->ports), GFP_KERNEL);
	return host->ports ? 0 : -ENOMEM;
}
