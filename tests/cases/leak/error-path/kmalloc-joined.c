/* Many ways lead to one label: where the memory is not there, the error says so, and neither is forgotten for the other. */
#include <linux/errno.h>
#include <linux/slab.h>

struct line {
	u32 flags;
	int speed, parity, stop, wait, retry;
	u8 *buf;
};

static void modes(struct line *l)
{
	if (l->flags & 1)
		l->speed = 1;
	if (l->flags & 2)
		l->parity = 1;
	if (l->flags & 4)
		l->stop = 1;
	if (l->flags & 8)
		l->wait = 1;
	if (l->flags & 16)
		l->retry = 1;
}

int open_ok(struct line *l)
{
	int ret = 0;

	modes(l);
	l->buf = kmalloc(256, GFP_KERNEL);
	if (!l->buf) {
		ret = -ENOMEM;
		goto out;
	}
	l->speed = l->parity ? 2 : 1;
	l->wait = l->stop ? 3 : 4;
	l->retry = l->flags & 32 ? 5 : 6;
	l->stop = l->flags & 64 ? 7 : 8;
out:
	l->flags = 0;
	return ret;
}

int read_bad(struct line *l, u8 **out)
{
	int ret = 0;
	u8 *p;

	modes(l);
	p = kmalloc(256, GFP_KERNEL);
	if (!p) {
		ret = -ENOMEM;
		goto out;
	}
	if (l->speed > 3) {
		ret = -EINVAL;
		goto out;
	}
	*out = p;
out:
	l->flags = 0;
	return ret; /* expect: leak/error-path memory */
}
