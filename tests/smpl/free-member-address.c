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

struct message {
	struct list_head link;
	struct port port;
};

void first_ok(struct message *m)
{
	kfree(&m->link);
}

void second_bad(struct message *m)
{
	kfree(&m->port);
}
