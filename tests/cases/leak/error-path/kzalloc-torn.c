/* A callee that frees what it was given on one of its failures and leaves it on another: its caller cannot know. */
#include <linux/errno.h>
#include <linux/slab.h>

struct port {
	int id;
};

int identify(struct port *p);
int publish(struct port *p);

static int register_half(struct port *p)
{
	int ret;

	ret = identify(p);
	if (ret < 0)
		return ret;
	ret = publish(p);
	if (ret < 0) {
		kfree(p);
		return ret;
	}
	return 0;
}

struct port *add_bad(void)
{
	struct port *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	if (register_half(p) < 0)
		return NULL; /* expect: leak/error-path memory (medium) */
	return p;
}

static int register_none(struct port *p)
{
	int ret;

	ret = identify(p);
	if (ret < 0)
		return ret;
	return publish(p);
}

struct port *add_ok(void)
{
	struct port *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	if (register_none(p) < 0) {
		kfree(p);
		return NULL;
	}
	return p;
}

static int register_all(struct port *p)
{
	int ret;

	ret = identify(p);
	if (ret >= 0)
		ret = publish(p);
	if (ret < 0) {
		kfree(p);
		return ret;
	}
	return 0;
}

struct port *add_all_ok(void)
{
	struct port *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	if (register_all(p) < 0)
		return NULL;
	return p;
}
