struct host *sum_bad(unsigned int n)
{
	struct host *host;

	host = kzalloc(sizeof(*host) + n * sizeof(struct port), GFP_KERNEL);
	return host;
}

struct host *managed_bad(struct device *dev, int n_ports)
{
	return devm_kzalloc(dev, sizeof(struct host) + sizeof(struct port *) * n_ports, GFP_KERNEL);
}

struct host *helper_ok(unsigned int n)
{
	struct host *host;

	host = kzalloc(struct_size(host, ports, n), GFP_KERNEL);
	return host;
}

struct host *constant_ok(void)
{
	return kzalloc(sizeof(struct host) + 4 * sizeof(struct port), GFP_KERNEL);
}

struct host *private_data_ok(size_t extra)
{
	return kzalloc(sizeof(struct host) + extra, GFP_KERNEL);
}
