/* A helper with one caller fails and leaves what it took: it is told where it is to be mended. */
#include <linux/slab.h>

struct part {
	u8 *first, *second;
};

static int part_fill(struct part *p)
{
	p->first = kzalloc(64, GFP_KERNEL);
	if (!p->first)
		return -ENOMEM;
	p->second = kzalloc(64, GFP_KERNEL);
	if (!p->second)
		return -ENOMEM; /* expect: leak/error-path memory */
	return 0;
}

struct part *part_new(void)
{
	struct part *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	if (part_fill(p)) {
		kfree(p);
		return NULL;
	}
	return p;
}
