static int host_probe(struct platform_device *pdev)
{
	struct host *host;

	host = devm_kzalloc(&pdev->dev, sizeof(*host), GFP_ATOMIC);
	if (!host)
		return -ENOMEM;
	return 0;
}

static struct platform_driver host_driver = {
	.probe = host_probe,
	.driver = {
		.name = "host",
	},
};

static int port_probe(struct platform_device *pdev)
{
	struct port *port = platform_get_drvdata(pdev);

	spin_lock(&port->lock);
	port->ring = kmalloc(64, GFP_ATOMIC);
	spin_unlock(&port->lock);
	return port->ring ? 0 : -ENOMEM;
}

static struct platform_driver port_driver = {
	.probe = port_probe,
};

static void *not_probe_ok(size_t n)
{
	return kmalloc(n, GFP_ATOMIC);
}
