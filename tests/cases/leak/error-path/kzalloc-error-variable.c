/* The same exit serves success and failure; what distinguishes them is an error code. */
#include <linux/slab.h>

int parse(const u8 *buf);

int variable_bad(u8 **out)
{
	u8 *buf = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = parse(buf);
	if (!ret)
		*out = buf;
	return ret; /* expect: leak/error-path memory */
}

int variable_ok(u8 **out)
{
	u8 *buf = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = parse(buf);
	if (ret)
		kfree(buf);
	else
		*out = buf;
	return ret;
}
