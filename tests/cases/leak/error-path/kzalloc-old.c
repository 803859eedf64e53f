/* What has just been allocated is not what the caller came with. */
#include <linux/errno.h>
#include <linux/slab.h>

struct card {
	int id;
};

int card_read(struct card *c);

int init_ok(struct card *old, struct card **out)
{
	struct card *c = kzalloc(sizeof(*c), GFP_KERNEL);
	int ret;

	if (!c)
		return -ENOMEM;
	c->id = 1;
	if (old && old->id != c->id) {
		ret = -ENOENT;
		goto remove;
	}
	*out = c;
	return 0;
remove:
	if (old != c)
		kfree(c);
	return ret;
}

int init_bad(struct card *old, struct card **out)
{
	struct card *c = kzalloc(sizeof(*c), GFP_KERNEL);
	int ret;

	if (!c)
		return -ENOMEM;
	if (old && old->id) {
		ret = -ENOENT;
		goto remove;
	}
	*out = c;
	return 0;
remove:
	if (!old)
		kfree(c);
	return ret; /* expect: leak/error-path memory */
}
