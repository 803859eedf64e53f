/* A guessed counterpart that a callee calls may be this one's. */
#include <linux/errno.h>

struct bridge {
	int users;
};
struct port {
	struct bridge *bridge;
};

struct bridge *bridge_create(void);
void bridge_destroy(struct bridge *b);
struct port *port_add(struct bridge *b);
int port_offload(struct port *p);
void port_log(struct port *p);

static void port_put(struct port *p)
{
	if (!--p->bridge->users)
		bridge_destroy(p->bridge);
}

int join_ok(void)
{
	struct bridge *b = bridge_create();
	struct port *p;
	int ret;

	if (!b)
		return -ENOMEM;
	p = port_add(b);
	if (!p) {
		bridge_destroy(b);
		return -ENOMEM;
	}
	ret = port_offload(p);
	if (ret)
		port_put(p);
	return ret;
}

int join_bad(void)
{
	struct bridge *b = bridge_create();
	struct port *p;
	int ret;

	if (!b)
		return -ENOMEM;
	p = port_add(b);
	if (!p) {
		bridge_destroy(b);
		return -ENOMEM;
	}
	ret = port_offload(p);
	if (ret)
		port_log(p);
	return ret; /* expect: leak/error-path other */
}
