/* What a `void *` of somebody's record points to is each user's own: another user's callback reads its own record. */
#include <linux/errno.h>
#include <linux/slab.h>

struct request {
	void *context;
	char *text;
	int status;
};

int submit(struct request *req);
void log_text(const char *text);

void control_done_ok(struct request *req)
{
	log_text(req->context);
}

void text_done_bad(struct request *req)
{
	log_text(req->text);
}

int again_ok(struct request *req)
{
	char *buf = kzalloc(16, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	req->context = buf;
	if (submit(req) < 0) {
		kfree(buf);
		return 0;
	}
	return 1;
}

int again_bad(struct request *req)
{
	char *buf = kzalloc(16, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	req->text = buf;
	if (submit(req) < 0) {
		kfree(buf);
		return 0; /* expect: free/use-after */
	}
	return 1;
}
