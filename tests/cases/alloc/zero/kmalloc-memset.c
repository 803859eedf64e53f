#include <linux/slab.h>

struct msg {
	int id;
};

struct msg *clear_bad(void)
{
	struct msg *m = kmalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return NULL;
	memset(m, 0, sizeof(*m)); /* expect: alloc/zero */
	return m;
}

struct msg *clear_ok(void)
{
	return kzalloc(sizeof(struct msg), GFP_KERNEL);
}

struct msg *pattern_ok(void)
{
	struct msg *m = kmalloc(sizeof(*m), GFP_KERNEL);

	if (m)
		memset(m, 0xff, sizeof(*m));
	return m;
}
