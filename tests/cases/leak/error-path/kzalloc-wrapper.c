/* A driver's own allocator and destructor: callers are judged by what these do. */
#include <linux/slab.h>

struct ctx {
	u8 *buf;
};

static struct ctx *ctx_new(void)
{
	struct ctx *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return ERR_PTR(-ENOMEM);
	c->buf = kmalloc(64, GFP_KERNEL);
	if (!c->buf) {
		kfree(c);
		return ERR_PTR(-ENOMEM);
	}
	return c;
}

static void ctx_del(struct ctx *c)
{
	kfree(c->buf);
	kfree(c);
}

int run(const struct ctx *c);

int wrapper_bad(void)
{
	struct ctx *c = ctx_new();
	int ret;

	if (IS_ERR(c))
		return PTR_ERR(c);
	ret = run(c);
	if (ret)
		return ret; /* expect: leak/error-path memory */
	ctx_del(c);
	return 0;
}

int wrapper_ok(void)
{
	struct ctx *c = ctx_new();
	int ret;

	if (IS_ERR(c))
		return PTR_ERR(c);
	ret = run(c);
	ctx_del(c);
	return ret;
}
