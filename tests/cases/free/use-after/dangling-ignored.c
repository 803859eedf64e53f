/* A function fails and leaves a pointer to what it has released; none of its callers looks at what it returns. */
#include <linux/errno.h>
#include <linux/kobject.h>
#include <linux/slab.h>

enum { PORTS = 4 };

struct hub {
	struct kobject *parent;
	struct kobject *port[PORTS];
	struct kobject *spare[PORTS];
};

int hub_add_files(struct kobject *dir);

static int add_port_bad(struct hub *hub, int i)
{
	int err;

	hub->port[i] = kobject_create_and_add("port", hub->parent);
	if (!hub->port[i])
		return -ENOMEM;
	err = hub_add_files(hub->port[i]);
	if (err)
		kobject_put(hub->port[i]);
	return err; /* expect: free/use-after kobject */
}

void hub_add_ports_bad(struct hub *hub)
{
	int i;

	for (i = 0; i < PORTS; i++)
		add_port_bad(hub, i);
}

void hub_remove_ports_bad(struct hub *hub)
{
	int i;

	for (i = 0; i < PORTS; i++)
		kobject_put(hub->port[i]);
}

static int add_spare_ok(struct hub *hub, int i)
{
	int err;

	hub->spare[i] = kobject_create_and_add("spare", hub->parent);
	if (!hub->spare[i])
		return -ENOMEM;
	err = hub_add_files(hub->spare[i]);
	if (err)
		kobject_put(hub->spare[i]);
	return err;
}

/* This caller goes no further, and so does his. */
int hub_add_spares_ok(struct hub *hub)
{
	int i, err;

	for (i = 0; i < PORTS; i++) {
		err = add_spare_ok(hub, i);
		if (err)
			return err;
	}
	return 0;
}

void hub_remove_spares_ok(struct hub *hub)
{
	int i;

	for (i = 0; i < PORTS; i++)
		kobject_put(hub->spare[i]);
}
