int alloc_bad(struct host *host)
{
	host->ring = kzalloc(64, GFP_KERNEL);
	if (IS_ERR(host->ring))
		return PTR_ERR(host->ring);
	return 0;
}

int node_bad(struct device *dev)
{
	struct device_node *np = of_parse_phandle(dev->of_node, "port", 0);

	return PTR_ERR_OR_ZERO(np);
}

int alloc_ok(struct host *host)
{
	host->ring = kzalloc(64, GFP_KERNEL);
	if (!host->ring)
		return -ENOMEM;
	return 0;
}

int other_ok(struct host *host)
{
	host->ring = kzalloc(64, GFP_KERNEL);
	if (!host->ring)
		return -ENOMEM;
	host->clk = clk_get(host->dev, NULL);
	if (IS_ERR(host->clk))
		return PTR_ERR(host->clk);
	return 0;
}

int assigned_ok(struct host *host)
{
	void *p;

	p = kzalloc(64, GFP_KERNEL);
	p = ring_attach(host, p);
	if (IS_ERR(p))
		return PTR_ERR(p);
	return 0;
}
