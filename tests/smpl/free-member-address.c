void member_bad(struct host *host)
{
	kfree(&host->port);
}

void local_bad(void)
{
	struct port port;

	port_init(&port);
	kfree(&port);
}

void whole_ok(struct host *host)
{
	kfree(host->ring);
	kfree(host);
}
