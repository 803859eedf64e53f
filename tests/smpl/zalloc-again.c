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

int each_round_ok(struct host *host)
{
	struct message *m = NULL;
	int i;

	m = kzalloc(sizeof(*m), GFP_KERNEL);
	if (!m)
		return -ENOMEM;
	for (i = 0; i < host->n; i++) {
		memset(m, 0, sizeof(*m));
		m->number = i;
		host_send(host, m);
	}
	kfree(m);
	return 0;
}

int allocated_once_ok(struct host *host)
{
	if (!host->ring) {
		host->ring = kzalloc(64, GFP_KERNEL);
		if (!host->ring)
			return -ENOMEM;
	}
	memset(host->ring, 0, 64);
	return 0;
}

int wiped_ok(struct host *host, const u8 *key)
{
	host->key = dma_alloc_coherent(host->dev, 32, &host->dma, GFP_KERNEL);
	if (!host->key)
		return -ENOMEM;
	if (host_set_key(host, key)) {
		memset(host->key, 0, 32);
		dma_free_coherent(host->dev, 32, host->key, host->dma);
		return -EIO;
	}
	return 0;
}
