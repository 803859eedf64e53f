/* More pages are taken than are given back. */
#include <linux/gfp.h>
#include <linux/slab.h>

#define BUFFER_ORDER 2

struct engine {
	unsigned long buf;
	int size;
};

int engine_start(struct engine *e);

static int buffer_init(struct engine *e)
{
	e->buf = __get_free_pages(GFP_KERNEL, BUFFER_ORDER);
	return e->buf ? 0 : -ENOMEM;
}

static void buffer_cleanup_bad(struct engine *e)
{
	free_pages(e->buf, 0); /* expect: free/mismatch pages */
}

static void buffer_cleanup_ok(struct engine *e)
{
	free_pages(e->buf, BUFFER_ORDER);
}

int engine_add_bad(struct engine *e)
{
	int ret = buffer_init(e);

	if (ret)
		return ret;
	ret = engine_start(e);
	if (ret)
		buffer_cleanup_bad(e);
	return ret;
}

int engine_add_ok(struct engine *e)
{
	int ret = buffer_init(e);

	if (ret)
		return ret;
	ret = engine_start(e);
	if (ret)
		buffer_cleanup_ok(e);
	return ret;
}

/* Whether the two are equal is not known. */
int pages_ok(struct engine *e, unsigned int order)
{
	struct page *p = alloc_pages(GFP_KERNEL, order);

	if (!p)
		return -ENOMEM;
	__free_pages(p, e->size);
	return 0;
}
