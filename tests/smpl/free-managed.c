int error_path_bad(struct device *dev)
{
	struct host *host;
	int ret;

	host = devm_kzalloc(dev, sizeof(*host), GFP_KERNEL);
	if (!host)
		return -ENOMEM;
	ret = host_start(host);
	if (ret) {
		kfree(host);
		return ret;
	}
	return 0;
}

int managed_ok(struct device *dev)
{
	struct host *host;
	int ret;

	host = devm_kzalloc(dev, sizeof(*host), GFP_KERNEL);
	if (!host)
		return -ENOMEM;
	ret = host_start(host);
	if (ret)
		devm_kfree(dev, host);
	return ret;
}

int plain_ok(struct device *dev)
{
	struct host *host;

	host = devm_kzalloc(dev, sizeof(*host), GFP_KERNEL);
	if (!host)
		return -ENOMEM;
	host = kmalloc(8, GFP_KERNEL);
	kfree(host);
	return 0;
}
