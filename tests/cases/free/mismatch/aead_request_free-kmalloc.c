/* The request begins an allocation of the driver's own; what ends it is kfree_sensitive(). */
#include <linux/slab.h>

struct aead_request;
struct crypto_aead;
void aead_request_free(struct aead_request *req);
int encrypt(struct aead_request *req);

void vfree(const void *p);

int seal_ok(size_t size)
{
	struct aead_request *req = kmalloc(size + 64, GFP_ATOMIC);
	int ret;

	if (!req)
		return -ENOMEM;
	ret = encrypt(req);
	aead_request_free(req);
	return ret;
}

int seal_bad(size_t size)
{
	struct aead_request *req = kmalloc(size + 64, GFP_ATOMIC);
	int ret;

	if (!req)
		return -ENOMEM;
	ret = encrypt(req);
	vfree(req); /* expect: free/mismatch */
	return ret;
}
