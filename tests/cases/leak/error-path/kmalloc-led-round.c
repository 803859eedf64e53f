/* The path comes by the release, and a condition that nothing decides leads round it: perhaps it never does. */
#include <linux/errno.h>
#include <linux/slab.h>

struct pool {
	int mode, users;
	u8 *spare;
};

int pool_fill(struct pool *p, u8 *buf);
int pool_note(struct pool *p);

int round_low(struct pool *p)
{
	u8 *buf;
	int ret;

	if (p->mode == 0)
		return -EINVAL;
	buf = kmalloc(64, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	ret = pool_note(p);
	if (ret) {
		if (p->mode == 1)
			kfree(buf);
		return ret; /* expect: leak/error-path memory (low) */
	}
	p->spare = buf;
	return 0;
}

/* The other way does something else, and both meet again. */
int either_low(struct pool *p)
{
	u8 *buf = kmalloc(64, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = pool_note(p);
	if (ret) {
		if (p->mode == 1)
			kfree(buf);
		else if (p->users)
			p->users--;
		p->mode = 0;
		return ret; /* expect: leak/error-path memory (low) */
	}
	p->spare = buf;
	return 0;
}

/* Led to another way out. */
int exit_bad(struct pool *p)
{
	u8 *buf = kmalloc(64, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	if (p->mode == 1) {
		kfree(buf);
		return -EBUSY;
	}
	ret = pool_note(p);
	if (ret)
		return ret; /* expect: leak/error-path memory (high) */
	p->spare = buf;
	return 0;
}
