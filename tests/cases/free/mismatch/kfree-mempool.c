#include <linux/mempool.h>

int use(const void *p);

int pool_bad(mempool_t *pool)
{
	void *p = mempool_alloc(pool, GFP_KERNEL);
	int ret = use(p);

	kfree(p); /* expect: free/mismatch memory */
	return ret;
}

int pool_ok(mempool_t *pool)
{
	void *p = mempool_alloc(pool, GFP_KERNEL);
	int ret = use(p);

	mempool_free(p, pool);
	return ret;
}
