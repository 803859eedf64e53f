/* More paths than are kept apart at first: that each copy still says what it was copied from shows a second look. */
#include <linux/slab.h>

int settle(void *buf, int a, int b, int c, int d, int e);

int copies_ok(int flags)
{
	int a = 0, b = 0, c = 0, d = 0, e = 0;
	int a2 = 0, b2 = 0, c2 = 0, d2 = 0, e2 = 0;
	char *buf = kzalloc(64, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	if (flags & 1)
		a = a2 = 1;
	if (flags & 2)
		b = b2 = 1;
	if (flags & 4)
		c = c2 = 1;
	if (flags & 8)
		d = d2 = 1;
	if (flags & 16)
		e = e2 = 1;
	if (a != a2 || b != b2 || c != c2 || d != d2 || e != e2)
		return -EINVAL; /* expect: leak/error-path memory (low) */
	settle(buf, a, b, c, d, e);
	kfree(buf);
	return 0;
}
