/* Two strings for one object: the second one's failure forgets the first. */
#include <linux/slab.h>

struct names {
	char *first, *last;
};

struct names *names_bad(const char *a, const char *b)
{
	struct names *n = kmalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return NULL;
	n->first = kstrdup(a, GFP_KERNEL);
	if (!n->first) {
		kfree(n);
		return NULL;
	}
	n->last = kstrdup(b, GFP_KERNEL);
	if (!n->last) {
		kfree(n);
		return NULL; /* expect: leak/error-path memory */
	}
	return n;
}

struct names *names_ok(const char *a, const char *b)
{
	struct names *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return NULL;
	n->first = kstrdup(a, GFP_KERNEL);
	n->last = kstrdup(b, GFP_KERNEL);
	if (!n->first || !n->last) {
		kfree(n->first);
		kfree(n->last);
		kfree(n);
		return NULL;
	}
	return n;
}
