/* Who keeps a request keeps its transform; who frees it has to free the transform as well. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>

struct crypto_ahash;
struct ahash_request;

struct crypto_ahash *crypto_alloc_ahash(const char *name, unsigned int type, unsigned int mask);
void crypto_free_ahash(struct crypto_ahash *tfm);
struct ahash_request *ahash_request_alloc(struct crypto_ahash *tfm, gfp_t gfp);
void ahash_request_free(struct ahash_request *req);
int widget_start(void);

struct widget {
	struct ahash_request *hash;
};

int kept_ok(struct widget *w)
{
	struct crypto_ahash *tfm = crypto_alloc_ahash("crc32c", 0, 0);

	if (IS_ERR(tfm))
		return PTR_ERR(tfm);
	w->hash = ahash_request_alloc(tfm, GFP_KERNEL);
	if (!w->hash) {
		crypto_free_ahash(tfm);
		return -ENOMEM;
	}
	return 0;
}

int freed_bad(struct widget *w)
{
	struct crypto_ahash *tfm = crypto_alloc_ahash("crc32c", 0, 0);
	struct ahash_request *req;

	if (IS_ERR(tfm))
		return PTR_ERR(tfm);
	req = ahash_request_alloc(tfm, GFP_KERNEL);
	if (!req) {
		crypto_free_ahash(tfm);
		return -ENOMEM;
	}
	if (widget_start()) {
		ahash_request_free(req);
		return -EIO; /* expect: leak/error-path crypto transform */
	}
	w->hash = req;
	return 0;
}
