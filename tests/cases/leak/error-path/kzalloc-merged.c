/* What a callee took is less sure where several paths have become one since. */
#include <linux/errno.h>
#include <linux/slab.h>

struct port {
	int id;
};

int send(struct port *p);
void note(int way);

static struct port *get_port(int id)
{
	struct port *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (p)
		p->id = id;
	return p;
}

int one_way_bad(int id)
{
	struct port *p = get_port(id);

	if (!p)
		return -ENOMEM;
	if (id < 0)
		return -EINVAL; /* expect: leak/error-path memory (medium) */
	id = send(p);
	kfree(p);
	return id;
}

int two_ways_bad(int id, bool way)
{
	struct port *p = get_port(id);

	if (!p)
		return -ENOMEM;
	if (way)
		note(1);
	else
		note(2);
	if (id < 0)
		return -EINVAL; /* expect: leak/error-path memory (low) */
	id = send(p);
	kfree(p);
	return id;
}
