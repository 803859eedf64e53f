/* A callee that fails in many ways, each leaving something else, and comes to its success last: it may succeed. */
#include <linux/errno.h>
#include <linux/slab.h>

void drv_reached(void);

struct parts {
	void *a, *b, *c, *d, *e, *f, *g, *h, *i, *j, *k, *l, *m, *n, *o, *p, *q, *r, *s, *t;
};

#define TAKE(member)                            \
	parts->member = kmalloc(8, GFP_KERNEL); \
	if (!parts->member)                     \
	goto out

static int take_all(struct parts *parts)
{
	int ret = -ENOMEM;

	TAKE(a);
	TAKE(b);
	TAKE(c);
	TAKE(d);
	TAKE(e);
	TAKE(f);
	TAKE(g);
	TAKE(h);
	TAKE(i);
	TAKE(j);
	TAKE(k);
	TAKE(l);
	TAKE(m);
	TAKE(n);
	TAKE(o);
	TAKE(p);
	TAKE(q);
	TAKE(r);
	TAKE(s);
	TAKE(t);
	ret = 0;
out:
	return ret;
}

int take_and_go_on(struct parts *parts)
{
	int ret = take_all(parts);

	if (ret)
		return ret;
	drv_reached(); /* expect: engine/probe reached */
	return 0;
}
