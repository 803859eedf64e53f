/* What earlier rounds took hangs in the caller's array; that this round gives back its own says nothing of theirs. */
#include <linux/errno.h>
#include <linux/slab.h>

struct port {
	int id;
};

struct hub {
	struct port *ports[8], *spares[8];
	int n;
};

int next_id(void);

static int add_ports_ok(struct hub *hub)
{
	int i;

	for (i = 0; i < hub->n; i++) {
		struct port *port = kzalloc(sizeof(*port), GFP_KERNEL);

		if (!port)
			return -ENOMEM;
		hub->ports[i] = port;
		port->id = next_id();
		if (port->id < 0) {
			kfree(hub->ports[i]);
			hub->ports[i] = NULL;
			return -EIO;
		}
	}
	return 0;
}

static int add_spares_bad(struct hub *hub)
{
	int i;

	for (i = 0; i < hub->n; i++) {
		struct port *port = kzalloc(sizeof(*port), GFP_KERNEL);

		if (!port)
			return -ENOMEM;
		port->id = i;
		if (next_id() < 0)
			return -EIO; /* expect: leak/error-path memory */
		if (port->id > 4) {
			kfree(port);
			return -EINVAL;
		}
		hub->spares[i] = port;
	}
	return 0;
}

int hub_start(struct hub *hub)
{
	return add_ports_ok(hub) ? -EIO : add_spares_bad(hub);
}
