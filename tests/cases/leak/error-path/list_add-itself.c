/* What is put on a list that is a part of itself is in nobody else's hands by that. */
#include <linux/list.h>
#include <linux/slab.h>

struct message {
	struct list_head transfers;
};

struct transfer {
	struct list_head list;
};

struct request {
	struct message msg;
	struct transfer xfer;
};

int start(struct message *msg);

int submit_bad(struct list_head *started)
{
	struct request *r = kzalloc(sizeof(*r), GFP_KERNEL);
	int ret;

	if (!r)
		return -ENOMEM;
	list_add_tail(&r->xfer.list, &r->msg.transfers);
	ret = start(NULL);
	if (ret)
		return ret; /* expect: leak/error-path memory */
	list_add_tail(&r->msg.transfers, started);
	return 0;
}

int submit_ok(struct list_head *started)
{
	struct request *r = kzalloc(sizeof(*r), GFP_KERNEL);

	if (!r)
		return -ENOMEM;
	list_add_tail(&r->xfer.list, started);
	return start(NULL);
}
