/* Not the beginning of the allocation. */
#include <linux/slab.h>

struct msg {
	u32 head;
	u8 body[12];
};

int send(const u8 *p);

int middle_bad(void)
{
	u8 *p = kmalloc(64, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p += 4;
	send(p);
	kfree(p); /* expect: free/mismatch memory */
	return 0;
}

int middle_ok(void)
{
	u8 *p = kmalloc(64, GFP_KERNEL), *q = p;

	if (!p)
		return -ENOMEM;
	q += 4;
	send(q);
	q -= 4;
	kfree(q);
	return 0;
}

void member_bad(struct msg *m)
{
	kfree(&m->body); /* expect: free/mismatch memory */
}

void member_ok(struct msg *m)
{
	kfree(&m->head);
}

/* The ladder walks back past the start. */
int rollback_bad(struct msg **out)
{
	struct msg *m = kcalloc(4, sizeof(*m), GFP_KERNEL);
	int i;

	if (!m)
		return -ENOMEM;
	*out = m;
	for (i = 0; i < 4; i++, m++)
		if (send(m->body))
			goto fail;
	return 0;
fail:
	for (i--, m--; i >= 0; i--, m--)
		send(m->body);
	kfree(m); /* expect: free/mismatch memory */
	return -EIO;
}
