int copied_bad(struct host *host)
{
	host->rx = kzalloc(64, GFP_KERNEL);
	if (!host->rx)
		return -ENOMEM;
	host->tx = kzalloc(64, GFP_KERNEL);
	if (!host->rx)
		return -ENOMEM;
	return 0;
}

int each_ok(struct host *host)
{
	host->rx = kzalloc(64, GFP_KERNEL);
	if (!host->rx)
		return -ENOMEM;
	host->tx = kzalloc(64, GFP_KERNEL);
	if (!host->tx)
		return -ENOMEM;
	return 0;
}

int both_later_ok(struct host *host)
{
	host->rx = kzalloc(64, GFP_KERNEL);
	host->tx = kzalloc(64, GFP_KERNEL);
	if (!host->rx)
		return -ENOMEM;
	if (!host->tx)
		return -ENOMEM;
	return 0;
}

int one_object_ok(struct host *host)
{
	struct info *info = &host->info;

	info->ring = kzalloc(64, GFP_KERNEL);
	if (!host->info.ring)
		return -ENOMEM;
	return 0;
}
