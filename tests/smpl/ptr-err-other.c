int direct_bad(struct host *host)
{
	if (IS_ERR(host->clk))
		return PTR_ERR(host->bus_clk);
	return 0;
}

int block_bad(struct host *host)
{
	int ret = 0;

	if (IS_ERR(host->clk)) {
		dev_err(host->dev, "no clock\n");
		ret = PTR_ERR(host->regs);
		goto out;
	}
out:
	return ret;
}

int same_ok(struct host *host)
{
	int ret;

	if (IS_ERR(host->clk)) {
		ret = PTR_ERR(host->clk);
		host_stop(host);
		return ret;
	}
	return 0;
}

int second_try_ok(struct host *host)
{
	if (IS_ERR(host->clk)) {
		host->other = clk_get(host->dev, "other");
		if (IS_ERR(host->other))
			return PTR_ERR(host->other);
	}
	return 0;
}
