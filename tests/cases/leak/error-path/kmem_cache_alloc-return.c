#include <linux/slab.h>

struct req {
	int tag;
};

int next_tag(void);

struct req *req_bad(struct kmem_cache *cache)
{
	struct req *r = kmem_cache_alloc(cache, GFP_KERNEL);
	int tag;

	if (!r)
		return NULL;
	tag = next_tag();
	if (tag < 0)
		return NULL; /* expect: leak/error-path memory */
	r->tag = tag;
	return r;
}

struct req *req_ok(struct kmem_cache *cache)
{
	struct req *r = kmem_cache_zalloc(cache, GFP_KERNEL);
	int tag;

	if (!r)
		return NULL;
	tag = next_tag();
	if (tag < 0) {
		kmem_cache_free(cache, r);
		return NULL;
	}
	r->tag = tag;
	return r;
}
