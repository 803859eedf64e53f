/* The cache itself, when the pool on top of it fails. */
#include <linux/mempool.h>
#include <linux/slab.h>

struct kmem_cache *req_cache;
mempool_t *req_pool;

int caches_bad(void)
{
	struct kmem_cache *cache = kmem_cache_create("req", 64, 0, 0, NULL);
	mempool_t *pool;

	if (!cache)
		return -ENOMEM;
	pool = mempool_create_slab_pool(4, cache);
	if (!pool)
		return -ENOMEM; /* expect: leak/error-path kmem_cache */
	req_cache = cache;
	req_pool = pool;
	return 0;
}

int caches_ok(void)
{
	struct kmem_cache *cache = kmem_cache_create("req", 64, 0, 0, NULL);
	mempool_t *pool;

	if (!cache)
		return -ENOMEM;
	pool = mempool_create_slab_pool(4, cache);
	if (!pool) {
		kmem_cache_destroy(cache);
		return -ENOMEM;
	}
	req_cache = cache;
	req_pool = pool;
	return 0;
}
