/* The return hides in a macro. */
#include <linux/slab.h>

#define CHECK(call)                       \
	do {                              \
		int check_ret = (call);   \
		if (check_ret)            \
			return check_ret; \
	} while (0)

int setup(const u8 *buf);

int macro_bad(void)
{
	u8 *buf = kzalloc(8, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	CHECK(setup(buf)); /* expect: leak/error-path memory */
	kfree(buf);
	return 0;
}

/* One mistake, however often the macro returns. */
int macros_bad(void)
{
	u8 *buf = kzalloc(8, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	CHECK(setup(buf)); /* expect: leak/error-path memory */
	CHECK(setup(buf + 1));
	CHECK(setup(buf + 2));
	if (setup(buf + 3))
		return -EIO; /* expect: leak/error-path memory */
	kfree(buf);
	return 0;
}

int macro_ok(int mode)
{
	u8 *buf;

	CHECK(mode < 0 ? -EINVAL : 0);
	buf = kzalloc(8, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	mode = setup(buf);
	kfree(buf);
	return mode;
}
