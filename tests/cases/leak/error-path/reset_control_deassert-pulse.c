/* The end of a reset pulse is no state to be undone; where a sibling asserts again, it is. */
#include <linux/err.h>
#include <linux/reset.h>

int engine_clock(struct device *dev);

int pulse_ok(struct device *dev)
{
	struct reset_control *rst = devm_reset_control_get(dev, "core");
	int ret;

	if (IS_ERR(rst))
		return PTR_ERR(rst);
	reset_control_assert(rst);
	reset_control_deassert(rst);
	ret = engine_clock(dev);
	if (ret)
		return ret;
	return 0;
}

int state_bad(struct device *dev)
{
	struct reset_control *rst = devm_reset_control_get(dev, "core");
	int ret;

	if (IS_ERR(rst))
		return PTR_ERR(rst);
	reset_control_deassert(rst);
	ret = engine_clock(dev);
	if (ret)
		return ret; /* expect: leak/error-path reset */
	ret = engine_clock(NULL);
	if (ret)
		reset_control_assert(rst);
	return ret;
}
