/* A queue that answers with a code of its own: what it has not taken is given back, and what it has taken is not. */
#include <linux/mempool.h>

struct hba {
	mempool_t *pool;
	int link;
};

enum { NOT_FINISHED = 255 };

int issue(struct hba *h, void *mbox);

void send_ok(struct hba *h)
{
	void *mbox = mempool_alloc(h->pool, GFP_KERNEL);

	if (!mbox)
		return;
	if (issue(h, mbox) == NOT_FINISHED)
		mempool_free(mbox, h->pool);
}

void send_bad(struct hba *h)
{
	void *mbox = mempool_alloc(h->pool, GFP_KERNEL);

	if (!mbox)
		return;
	if (!h->link)
		return; /* expect: leak/early-return */
	if (issue(h, mbox) == NOT_FINISHED)
		mempool_free(mbox, h->pool);
}
