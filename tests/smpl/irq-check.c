int zero_bad(struct platform_device *pdev, struct host *host)
{
	host->irq = platform_get_irq(pdev, 0);
	if (!host->irq)
		return -ENODEV;
	return 0;
}

int unsigned_bad(struct platform_device *pdev)
{
	unsigned int irq;

	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	return 0;
}

int mapping_bad(struct device_node *np)
{
	int irq;

	irq = irq_of_parse_and_map(np, 0);
	if (irq < 0)
		return irq;
	return 0;
}

int signed_ok(struct platform_device *pdev)
{
	int irq;

	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	if (!irq)
		return -EINVAL;
	return 0;
}

int mapping_ok(struct device_node *np)
{
	unsigned int irq = irq_of_parse_and_map(np, 0);

	if (!irq)
		return -EINVAL;
	return 0;
}

int either_ok(struct platform_device *pdev)
{
	int irq;

	if (pdev->dev.of_node)
		irq = irq_of_parse_and_map(pdev->dev.of_node, 0);
	else
		irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	if (!irq)
		return -EINVAL;
	return 0;
}
