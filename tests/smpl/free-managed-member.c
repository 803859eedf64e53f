static int host_probe(struct platform_device *pdev)
{
	struct host *host = platform_get_drvdata(pdev);

	host->ring = devm_kzalloc(&pdev->dev, 64, GFP_KERNEL);
	host->name = kstrdup("host", GFP_KERNEL);
	return host->ring ? 0 : -ENOMEM;
}

static void host_remove(struct platform_device *pdev)
{
	struct host *host = platform_get_drvdata(pdev);

	kfree(host->ring);
	kfree(host->name);
}

static void port_ok(struct port *port)
{
	kfree(port->ring);
}
