int action_bad(struct device *dev, struct clk *clk)
{
	devm_add_action(dev, disable_clk, clk);
	return 0;
}

int irq_bad(struct host *host)
{
	request_irq(host->irq, handler, 0, "host", host);
	return 0;
}

int action_ok(struct device *dev, struct clk *clk)
{
	return devm_add_action_or_reset(dev, disable_clk, clk);
}

int irq_ok(struct host *host)
{
	int ret = request_irq(host->irq, handler, 0, "host", host);

	if (ret)
		return ret;
	if (misc_register(&host->misc))
		return -ENODEV;
	return 0;
}
