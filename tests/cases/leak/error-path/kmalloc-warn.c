/* What needs a condition that the author thinks impossible is told with low confidence. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>

struct port {
	int number;
	u8 *buf;
};

int port_start(struct port *p);

int port_low(struct port *p)
{
	u8 *buf = kmalloc(64, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	if (WARN_ON(p->number < 0))
		return -EINVAL; /* expect: leak/error-path memory (low) */
	p->buf = buf;
	return 0;
}

/* The way on is not the impossible one. */
int port_bad(struct port *p)
{
	u8 *buf = kmalloc(64, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	WARN_ON(p->number < 0);
	ret = port_start(p);
	if (ret)
		return ret; /* expect: leak/error-path memory (high) */
	p->buf = buf;
	return 0;
}
