int block_bad(struct platform_device *pdev)
{
	int irq;

	irq = platform_get_irq(pdev, 0);
	if (irq < 0) {
		dev_err(&pdev->dev, "no interrupt\n");
		return irq;
	}
	return 0;
}

int probe_bad(struct platform_device *pdev)
{
	int irq;

	irq = platform_get_irq_byname(pdev, "rx");
	if (irq < 0)
		return dev_err_probe(&pdev->dev, irq, "no rx interrupt\n");
	return 0;
}

int optional_ok(struct platform_device *pdev)
{
	int irq;

	irq = platform_get_irq_optional(pdev, 0);
	if (irq < 0)
		dev_info(&pdev->dev, "polling\n");
	return 0;
}

int silent_ok(struct platform_device *pdev)
{
	int irq;

	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	return 0;
}
