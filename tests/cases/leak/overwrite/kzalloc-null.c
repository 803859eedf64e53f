/* Forgotten rather than freed. */
#include <linux/slab.h>

struct state {
	u8 *buf;
};

int fill(const struct state *s);

int cleared_bad(struct state *s)
{
	s->buf = kzalloc(16, GFP_KERNEL);
	if (!s->buf)
		return -ENOMEM;
	if (fill(s)) {
		s->buf = NULL; /* expect: leak/overwrite memory */
		return -EIO;
	}
	return 0;
}

int cleared_ok(struct state *s)
{
	s->buf = kzalloc(16, GFP_KERNEL);
	if (!s->buf)
		return -ENOMEM;
	if (fill(s)) {
		kfree(s->buf);
		s->buf = NULL;
		return -EIO;
	}
	return 0;
}
