/* A negative int of a function nobody knows becomes an error pointer: no valid pointer is below it. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>

struct gem {
	void *buf;
};

int gem_object_init(struct gem *g);
int gem_publish(struct gem *g);

static struct gem *gem_init(void)
{
	struct gem *g = kzalloc(sizeof(*g), GFP_KERNEL);
	int ret;

	if (!g)
		return ERR_PTR(-ENOMEM);
	ret = gem_object_init(g);
	if (ret < 0) {
		kfree(g);
		return ERR_PTR(ret);
	}
	return g;
}

static struct gem *gem_create(void **buf)
{
	struct gem *g = gem_init();

	if (IS_ERR(g))
		return g;
	*buf = kzalloc(16, GFP_KERNEL);
	if (!*buf) {
		kfree(g);
		return ERR_PTR(-ENOMEM);
	}
	return g;
}

int create_ok(void)
{
	void *buf;
	struct gem *g = gem_create(&buf);

	if (IS_ERR(g))
		return PTR_ERR(g);
	kfree(buf);
	kfree(g);
	return 0;
}

int create_bad(void)
{
	void *buf;
	struct gem *g = gem_create(&buf);

	if (IS_ERR(g))
		return PTR_ERR(g);
	if (gem_publish(g)) {
		kfree(g);
		return -EIO; /* expect: leak/error-path memory */
	}
	kfree(buf);
	kfree(g);
	return 0;
}
