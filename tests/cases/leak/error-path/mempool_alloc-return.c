#include <linux/mempool.h>

int submit(const void *req);

int pool_bad(mempool_t *pool)
{
	void *req = mempool_alloc(pool, GFP_NOIO);
	int ret;

	if (!req)
		return -ENOMEM;
	ret = submit(req);
	if (ret < 0)
		return ret; /* expect: leak/error-path memory */
	mempool_free(req, pool);
	return 0;
}

int pool_ok(mempool_t *pool)
{
	void *req = mempool_alloc(pool, GFP_NOIO);
	int ret;

	if (!req)
		return -ENOMEM;
	ret = submit(req);
	mempool_free(req, pool);
	return ret;
}
