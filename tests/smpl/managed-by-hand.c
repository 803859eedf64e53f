int clk_bad(struct device *dev)
{
	struct clk *clk = devm_clk_get(dev, NULL);
	int ret;

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	ret = clk_prepare_enable(clk);
	if (ret)
		clk_put(clk);
	return ret;
}

int irq_bad(struct host *host)
{
	int ret;

	ret = devm_request_irq(host->dev, host->irq, handler, 0, "host", host);
	if (ret)
		return ret;
	ret = host_start(host);
	if (ret)
		free_irq(host->irq, host);
	return ret;
}

int map_bad(struct host *host)
{
	host->regs = devm_ioremap(host->dev, 0x1000, 64);
	if (!host->regs)
		return -ENOMEM;
	if (readl(host->regs) != 1) {
		iounmap(host->regs);
		return -ENODEV;
	}
	return 0;
}

int clk_ok(struct device *dev)
{
	struct clk *clk = clk_get(dev, NULL);

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	clk_put(clk);
	return 0;
}

int other_ok(struct host *host)
{
	host->regs = devm_ioremap(host->dev, 0x1000, 64);
	if (!host->regs)
		return -ENOMEM;
	iounmap(host->old_regs);
	return 0;
}

int either_ok(struct device *dev, bool shared)
{
	void __iomem *base;
	int ret;

	if (shared)
		base = of_iomap(dev->of_node, 0);
	else
		base = devm_ioremap(dev, 0x1000, 64);
	ret = host_start(base);
	if (ret && shared)
		iounmap(base);
	return ret;
}
