static void host_remove(struct platform_device *pdev)
{
	struct host *host = platform_get_drvdata(pdev);

	host_stop(host);
	devm_free_irq(&pdev->dev, host->irq, host);
	devm_kfree(&pdev->dev, host);
}

static struct platform_driver host_driver = {
	.probe = host_probe,
	.remove = host_remove,
};

static void port_remove(struct platform_device *pdev)
{
	struct port *port = platform_get_drvdata(pdev);

	devm_free_irq(&pdev->dev, port->irq, port);
	port_power_off(port);
}

static struct platform_driver port_driver = {
	.remove = port_remove,
};

static void not_remove_ok(struct device *dev, struct port *port)
{
	devm_kfree(dev, port);
}
