/* Taken in a callee, and paths have become one since: surer where another failure shows who has to give it back. */
#include <linux/errno.h>
#include <linux/slab.h>

struct port {
	int id;
};

int configure(void);
int link_up(void);
void note(int way);

static struct port *get_port(int id)
{
	struct port *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (p)
		p->id = id;
	return p;
}

int start_bad(int id, bool way)
{
	struct port *p = get_port(id);

	if (!p)
		return -ENOMEM;
	if (way)
		note(1);
	else
		note(2);
	if (configure() < 0) {
		kfree(p);
		return -EIO;
	}
	if (link_up() < 0)
		return -ENODEV; /* expect: leak/error-path memory (medium) */
	kfree(p);
	return 0;
}

int start_ok(int id, bool way)
{
	struct port *p = get_port(id);

	if (!p)
		return -ENOMEM;
	if (way)
		note(1);
	else
		note(2);
	if (configure() < 0 || link_up() < 0) {
		kfree(p);
		return -EIO;
	}
	kfree(p);
	return 0;
}

/* A test of what is kept somewhere decides, and merged paths may have lost the answer. */
int start_guarded_bad(int id, bool way, bool keep)
{
	struct port *p = get_port(id);
	int ret;

	if (!p)
		return -ENOMEM;
	if (way)
		note(1);
	else
		note(2);
	ret = configure();
	if (ret < 0)
		goto fail;
	kfree(p);
	return 0;
fail:
	if (!keep)
		kfree(p);
	return ret; /* expect: leak/error-path memory (low) */
}
