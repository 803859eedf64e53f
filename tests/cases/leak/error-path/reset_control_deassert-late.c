/* The sibling path asserts it again. */
#include <linux/reset.h>

int start(int mode);

int reset_bad(struct reset_control *rst)
{
	int ret = reset_control_deassert(rst);

	if (ret)
		return ret;
	ret = start(1);
	if (ret)
		goto err;
	ret = start(2);
	if (ret)
		return ret; /* expect: leak/error-path reset */
	return 0;
err:
	reset_control_assert(rst);
	return ret;
}

int reset_ok(struct reset_control *rst)
{
	int ret = reset_control_deassert(rst);

	if (ret)
		return ret;
	ret = start(1);
	if (ret)
		reset_control_assert(rst);
	return ret;
}
