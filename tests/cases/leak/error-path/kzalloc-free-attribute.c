/* __free() releases whatever leaves the scope; what is taken out of it must be released by hand again. */
#include <linux/slab.h>

int setup(const u8 *buf);

u8 *scoped_bad(void)
{
	u8 *buf __free(kfree) = kzalloc(64, GFP_KERNEL);
	u8 *taken;

	if (!buf)
		return NULL;
	taken = no_free_ptr(buf); /* xfail-fp: no_free_ptr() leaves the pointer in `taken` */
	if (setup(taken))
		return NULL; /* expect: leak/error-path memory */ /* xfail-fn: told as an overwrite before */
	return taken;
}

u8 *scoped_ok(void)
{
	u8 *buf __free(kfree) = kzalloc(64, GFP_KERNEL);

	if (!buf)
		return NULL;
	if (setup(buf))
		return NULL;
	return_ptr(buf);
}

int scoped_local_ok(int n)
{
	u8 *buf __free(kfree) = NULL;
	int ret;

	if (n < 0)
		return -EINVAL;
	buf = kzalloc(n, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	ret = setup(buf);
	if (ret)
		return ret;
	return n;
}
