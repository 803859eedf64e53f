/* The last argument says whether the device manages the clock. */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/types.h>

struct clk_hw;
struct clk_parent_data;

struct clk_hw *__clk_hw_register_fixed_rate(struct device *dev, struct device_node *np, const char *name,
					    const char *parent_name, const struct clk_hw *parent_hw,
					    const struct clk_parent_data *parent_data, unsigned long flags,
					    unsigned long rate, unsigned long accuracy, unsigned long clk_flags, bool devm);
int clock_note(struct device *dev);

static int fixed_any(struct device *dev, bool devm)
{
	struct clk_hw *hw =
		__clk_hw_register_fixed_rate(dev, NULL, "ref", NULL, NULL, NULL, 0, 24000000, 0, 0, devm);

	return PTR_ERR_OR_ZERO(hw);
}

int fixed_bad(struct device *dev)
{
	struct clk_hw *hw =
		__clk_hw_register_fixed_rate(dev, NULL, "ref", NULL, NULL, NULL, 0, 24000000, 0, 0, false);
	int ret;

	if (IS_ERR(hw))
		return PTR_ERR(hw);
	ret = clock_note(dev);
	if (ret)
		return ret; /* expect: leak/error-path registration */
	return 0;
}

int fixed_ok(struct device *dev)
{
	struct clk_hw *hw =
		__clk_hw_register_fixed_rate(dev, NULL, "ref", NULL, NULL, NULL, 0, 24000000, 0, 0, true);
	int ret;

	if (IS_ERR(hw))
		return PTR_ERR(hw);
	ret = clock_note(dev);
	if (ret)
		return ret;
	return fixed_any(dev, true);
}
