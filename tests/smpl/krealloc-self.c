int self_bad(struct host *host, size_t n)
{
	host->ring = krealloc(host->ring, n, GFP_KERNEL);
	if (!host->ring)
		return -ENOMEM;
	return 0;
}

int other_ok(struct host *host, size_t n)
{
	void *ring = krealloc(host->ring, n, GFP_KERNEL);

	if (!ring)
		return -ENOMEM;
	host->ring = ring;
	return 0;
}

int managed_ok(struct host *host, size_t n)
{
	host->ring = devm_krealloc(host->dev, host->ring, n, GFP_KERNEL);
	return host->ring ? 0 : -ENOMEM;
}

int saved_ok(struct host *host, size_t n)
{
	void *old = NULL;

	old = host->ring;
	host->ring = krealloc(host->ring, n, GFP_KERNEL);
	if (!host->ring) {
		host->ring = old;
		return -ENOMEM;
	}
	return 0;
}

int copied_ok(void **map, size_t n)
{
	void *maps = *map;

	maps = krealloc(maps, n, GFP_KERNEL);
	if (!maps)
		return -ENOMEM;
	*map = maps;
	return 0;
}

int looked_up_ok(struct device *dev, size_t n)
{
	struct spec *spec = dev_spec_get(dev);

	spec = krealloc(spec, n, GFP_KERNEL);
	if (!spec)
		return -ENOMEM;
	dev_spec_set(dev, spec);
	return 0;
}
