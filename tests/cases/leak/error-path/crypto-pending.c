#include <linux/errno.h>
#include <linux/slab.h>

struct request {
	void *edesc;
	int len;
};

int engine_queue(struct request *req, void *edesc);

/* -EINPROGRESS is how an asynchronous request begins, not how it fails: the completion frees the descriptor. */
int encrypt_ok(struct request *req)
{
	void *edesc = kzalloc(64, GFP_KERNEL);
	int ret;

	if (!edesc)
		return -ENOMEM;
	if (req->len > 64) {
		kfree(edesc);
		return -EINVAL;
	}
	ret = engine_queue(req, edesc);
	if (ret < 0 && ret != -EINPROGRESS) {
		kfree(edesc);
		return ret;
	}
	return -EINPROGRESS;
}

int encrypt_bad(struct request *req)
{
	void *edesc = kzalloc(64, GFP_KERNEL);

	if (!edesc)
		return -ENOMEM;
	if (req->len > 64)
		return -EINVAL; /* expect: leak/error-path */
	req->edesc = edesc;
	return -EINPROGRESS;
}

/* Nor is -EBUSY with a backlog. */
int digest_ok(struct request *req, bool backlog)
{
	void *edesc = kzalloc(64, GFP_KERNEL);
	int ret;

	if (!edesc)
		return -ENOMEM;
	req->edesc = edesc;
	ret = engine_queue(req, edesc);
	if (ret != -EINPROGRESS && !(ret == -EBUSY && backlog)) {
		req->edesc = NULL;
		kfree(edesc);
		return ret;
	}
	req->len = 0;
	return ret;
}
