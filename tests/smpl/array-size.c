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

void *grown_bad(void *old, int n)
{
	return krealloc(old, n * sizeof(u32), GFP_KERNEL);
}

void *grown_managed_bad(struct device *dev, u32 *old, int n)
{
	return devm_krealloc(dev, old, sizeof(*old) * n, GFP_KERNEL);
}

void *grown_ok(void *old, int n)
{
	return krealloc_array(old, n, sizeof(u32), GFP_KERNEL);
}
