int block_bad(struct device *dev, struct host *host)
{
	host->ring = kzalloc(64, GFP_KERNEL);
	if (!host->ring) {
		dev_err(dev, "failed to allocate memory\n");
		return -ENOMEM;
	}
	return 0;
}

int single_bad(struct host *host)
{
	host->ring = vmalloc(4096);
	if (host->ring == NULL)
		pr_err("out of memory\n");
	return host->ring ? 0 : -ENOMEM;
}

int quiet_flag_ok(struct device *dev, struct host *host)
{
	host->ring = kzalloc(64, GFP_KERNEL | __GFP_NOWARN);
	if (!host->ring) {
		dev_err(dev, "no memory for the ring\n");
		return -ENOMEM;
	}
	return 0;
}

int tells_more_ok(struct device *dev, struct host *host)
{
	host->ring = kzalloc(64, GFP_KERNEL);
	if (!host->ring) {
		dev_err(dev, "falling back to polling\n");
		return 0;
	}
	return 0;
}

int silent_ok(struct host *host)
{
	host->ring = kzalloc(64, GFP_KERNEL);
	if (!host->ring)
		return -ENOMEM;
	return 0;
}

int declared_bad(struct device *dev)
{
	char *p = kzalloc(16, GFP_KERNEL);
	int n = 0;

	if (!p) {
		dev_err(dev, "no memory\n");
		return -ENOMEM;
	}
	return use(p, n);
}

int declared_ok(struct device *dev)
{
	char *p = kzalloc(16, GFP_KERNEL);

	if (!p) {
		dev_err(dev, "no port\n");
		return -ENOMEM;
	}
	return use(p, 0);
}
