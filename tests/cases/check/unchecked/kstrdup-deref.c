#include <linux/slab.h>

char *upper_bad(const char *s)
{
	char *t = kstrdup(s, GFP_KERNEL);

	t[0] -= 32; /* expect: check/unchecked */
	return t;
}

char *upper_ok(const char *s)
{
	char *t = kstrdup(s, GFP_KERNEL);

	if (!t)
		return NULL;
	t[0] -= 32;
	return t;
}
