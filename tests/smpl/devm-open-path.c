static int host_open(struct inode *inode, struct file *file)
{
	struct host *host = container_of(inode->i_cdev, struct host, cdev);

	host->buf = devm_kzalloc(host->dev, 4096, GFP_KERNEL);
	return host->buf ? 0 : -ENOMEM;
}

static const struct file_operations host_fops = {
	.owner = THIS_MODULE,
	.open = host_open,
};

static int pcm_hw_params(struct snd_pcm_substream *substream, struct snd_pcm_hw_params *params, struct snd_soc_dai *dai)
{
	return PTR_ERR_OR_ZERO(devm_clk_get(dai->dev, NULL));
}

static const struct snd_soc_dai_ops pcm_ops = {
	.hw_params = pcm_hw_params,
};

static int host_probe(struct platform_device *pdev)
{
	struct host *host = devm_kzalloc(&pdev->dev, sizeof(*host), GFP_KERNEL);

	return host ? 0 : -ENOMEM;
}

static struct platform_driver host_driver = {
	.probe = host_probe,
};

static int port_open(struct inode *inode, struct file *file)
{
	file->private_data = kzalloc(64, GFP_KERNEL);
	return file->private_data ? 0 : -ENOMEM;
}

static const struct file_operations port_fops = {
	.open = port_open,
};

static int uart_startup(struct uart_port *port)
{
	return devm_request_irq(port->dev, port->irq, handler, 0, "uart", port);
}

static void uart_shutdown(struct uart_port *port)
{
	devm_free_irq(port->dev, port->irq, port);
}

static const struct uart_ops uart_ok_ops = {
	.startup = uart_startup,
	.shutdown = uart_shutdown,
};

static int once_open(struct inode *inode, struct file *file)
{
	struct once *o = the_once;

	if (!o->data) {
		o->base = devm_kzalloc(o->dev, 16, GFP_KERNEL);
		o->data = o->base;
	}
	return o->data ? 0 : -ENOMEM;
}

static const struct file_operations once_fops = {
	.open = once_open,
};
