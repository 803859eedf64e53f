/* The last put of a terminal's port calls destruct(), which frees what the port lies in. */
#include <linux/errno.h>
#include <linux/kref.h>
#include <linux/slab.h>

struct tty_port;
struct tty_port_operations {
	void (*destruct)(struct tty_port *port);
};
struct tty_port {
	struct kref kref;
	const struct tty_port_operations *ops;
};
void tty_port_init(struct tty_port *port);
void tty_port_put(struct tty_port *port);
struct tty_port *tty_port_get(struct tty_port *port);
int claim(int minor);

struct line {
	int minor;
	struct tty_port port;
};

static void line_destruct(struct tty_port *port)
{
	kfree(container_of(port, struct line, port));
}

static const struct tty_port_operations ops = {.destruct = line_destruct};

int start_ok(int minor)
{
	struct line *l = kzalloc(sizeof(*l), GFP_KERNEL);
	int ret;

	if (!l)
		return -ENOMEM;
	tty_port_init(&l->port);
	l->port.ops = &ops;
	ret = claim(minor);
	if (ret)
		tty_port_put(&l->port);
	return ret;
}

/* Without destruct() the put frees nothing. */
int start_bad(int minor)
{
	struct line *l = kzalloc(sizeof(*l), GFP_KERNEL);
	int ret;

	if (!l)
		return -ENOMEM;
	tty_port_init(&l->port);
	ret = claim(minor);
	if (ret) {
		tty_port_put(&l->port);
		return ret; /* expect: leak/error-path memory */
	}
	kfree(l);
	return 0;
}

int look_bad(struct line *l)
{
	int ret;

	if (!tty_port_get(&l->port))
		return -ENODEV;
	ret = claim(l->minor);
	if (ret)
		return ret; /* expect: leak/error-path tty_port */
	tty_port_put(&l->port);
	return 0;
}

int look_ok(struct line *l)
{
	int ret;

	if (!tty_port_get(&l->port))
		return -ENODEV;
	ret = claim(l->minor);
	tty_port_put(&l->port);
	return ret;
}
