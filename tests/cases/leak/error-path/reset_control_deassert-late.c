#include <linux/reset.h>

int start(void);

int reset_bad(struct reset_control *rst)
{
	int ret = reset_control_deassert(rst);

	if (ret)
		return ret;
	ret = start();
	if (ret)
		return ret; /* expect: leak/error-path reset */
	return 0;
}

int reset_ok(struct reset_control *rst)
{
	int ret = reset_control_deassert(rst);

	if (ret)
		return ret;
	ret = start();
	if (ret)
		reset_control_assert(rst);
	return ret;
}
