/* Since 6.10 the allocators are macros around *_noprof functions, inside a statement expression. */
#define KMALLOC_PROFILING
#include <linux/slab.h>

int setup(const u8 *buf);

int hooks_bad(void)
{
	u8 *buf = kzalloc(64, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	if (setup(buf))
		return -EIO; /* expect: leak/error-path memory */
	kfree(buf);
	return 0;
}

int hooks_ok(void)
{
	u8 *buf = kcalloc(4, 16, GFP_KERNEL);
	int ret = 0;

	if (!buf)
		return -ENOMEM;
	if (setup(buf))
		ret = -EIO;
	kfree(buf);
	return ret;
}
