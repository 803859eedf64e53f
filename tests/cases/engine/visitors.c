/* A function that calls what it is given does what that does: a walker with its visitor, a helper with a pair. */
#include <linux/errno.h>
#include <linux/slab.h>

struct caps {
	void *list;
	int n;
};

int next_tag(const void *buf, int at);

static int walk(const void *buf, int len, int (*visit)(int tag, void *data), void *data)
{
	int at, ret;

	for (at = 0; at < len; at += 4) {
		ret = visit(next_tag(buf, at), data);
		if (ret)
			return ret;
	}
	return 0;
}

static int walk_all(const void *buf, int (*visit)(int tag, void *data), void *data)
{
	return walk(buf, 64, visit, data);
}

static int take_caps(int tag, void *data)
{
	struct caps *caps = data;

	if (tag != 7)
		return -EINVAL;
	if (!caps->n) {
		caps->list = kmalloc(64, GFP_KERNEL);
		if (!caps->list)
			return -ENOMEM;
	}
	caps->n++;
	return 0;
}

static int count_caps(int tag, void *data)
{
	struct caps *caps = data;

	caps->n += tag == 7;
	return 0;
}

int announce(int n);

int parse_bad(const void *buf)
{
	struct caps caps = {0};
	int ret;

	ret = walk_all(buf, take_caps, &caps);
	if (ret)
		return ret; /* expect: leak/error-path memory */
	ret = announce(caps.n);
	kfree(caps.list);
	return ret;
}

int parse_ok(const void *buf)
{
	struct caps caps = {0};
	int ret;

	ret = walk_all(buf, take_caps, &caps);
	if (!ret)
		ret = announce(caps.n);
	kfree(caps.list);
	return ret;
}

/* Another visitor of the same walker takes nothing. */
int count_ok(const void *buf)
{
	struct caps caps = {0};
	int ret;

	ret = walk_all(buf, count_caps, &caps);
	if (ret)
		return ret;
	return announce(caps.n);
}

static int with_buffer(int (*use)(void *buf), void (*done)(void *buf))
{
	void *buf = kmalloc(64, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = use(buf);
	done(buf);
	return ret;
}

int fill(void *buf);

static int use_buffer(void *buf)
{
	return fill(buf);
}

static void free_buffer(void *buf)
{
	kfree(buf);
}

int filled_ok(void)
{
	return with_buffer(use_buffer, free_buffer);
}
