int direct_bad(struct host *host)
{
	if (!host->ring)
		return PTR_ERR(host->ring);
	return 0;
}

int block_bad(struct host *host)
{
	int ret = 0;

	host->ring = kzalloc(64, GFP_KERNEL);
	if (host->ring == NULL) {
		ret = PTR_ERR(host->ring);
		goto out;
	}
out:
	return ret;
}

int either_bad(struct host *host)
{
	if (IS_ERR_OR_NULL(host->clk))
		return PTR_ERR(host->clk);
	return 0;
}

int error_ok(struct host *host)
{
	if (IS_ERR(host->clk))
		return PTR_ERR(host->clk);
	return 0;
}

int null_ok(struct host *host)
{
	if (!host->ring)
		return -ENOMEM;
	return 0;
}

int told_apart_ok(struct host *host)
{
	if (IS_ERR_OR_NULL(host->clk)) {
		if (IS_ERR(host->clk))
			return PTR_ERR(host->clk);
		return -ENODEV;
	}
	return 0;
}
