int clk_bad(struct host *host)
{
	host->clk = devm_clk_get(host->dev, NULL);
	if (!host->clk)
		return -ENODEV;
	return 0;
}

int map_bad(struct platform_device *pdev, struct host *host)
{
	host->regs = devm_platform_ioremap_resource(pdev, 0);
	if (host->regs == NULL) {
		dev_err(&pdev->dev, "no registers\n");
		return -ENODEV;
	}
	return 0;
}

int clk_ok(struct host *host)
{
	host->clk = devm_clk_get(host->dev, NULL);
	if (IS_ERR(host->clk))
		return PTR_ERR(host->clk);
	return 0;
}

int optional_ok(struct host *host)
{
	host->clk = devm_clk_get_optional(host->dev, NULL);
	if (!host->clk)
		return 0;
	return IS_ERR(host->clk) ? PTR_ERR(host->clk) : 1;
}

int both_ok(struct host *host)
{
	host->pinctrl = devm_pinctrl_get(host->dev);
	if (!host->pinctrl)
		return 0;
	if (IS_ERR(host->pinctrl))
		return PTR_ERR(host->pinctrl);
	return 1;
}
