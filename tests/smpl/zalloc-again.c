int cleared_twice_bad(struct host *host)
{
	host->ring = dma_alloc_coherent(host->dev, RING_BYTES, &host->dma, GFP_KERNEL);
	if (!host->ring)
		return -ENOMEM;
	memset(host->ring, 0, RING_BYTES);
	return 0;
}

int kzalloc_bad(struct host *host)
{
	struct port *port;

	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	memset(port, 0, sizeof(*port));
	return 0;
}

int written_between_ok(struct host *host)
{
	struct port *port;

	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	port->state = port_read(host, &port->other);
	memset(port, 0, sizeof(*port));
	return 0;
}

int once_ok(struct host *host)
{
	host->ring = dma_alloc_coherent(host->dev, RING_BYTES, &host->dma, GFP_KERNEL);
	return host->ring ? 0 : -ENOMEM;
}
