/* What may be NULL without being an error, and tests of both kinds at once. */
#include <linux/clk.h>
#include <linux/gpio/consumer.h>
#include <linux/kernel.h>

int optional_ok(struct device *dev)
{
	struct gpio_desc *reset = devm_gpiod_get_optional(dev, "reset", GPIOD_OUT_LOW);
	struct clk *clk = devm_clk_get_optional(dev, NULL);

	if (IS_ERR(reset))
		return PTR_ERR(reset);
	if (IS_ERR(clk))
		return PTR_ERR(clk);
	if (reset)
		gpiod_set_value(reset, 1);
	if (!clk)
		return 0;
	return clk_prepare_enable(clk);
}

int both_ok(struct device *dev)
{
	struct clk *clk = devm_clk_get(dev, NULL);

	if (IS_ERR_OR_NULL(clk))
		return -ENODEV;
	return clk_set_rate(clk, 1000);
}

int mandatory_bad(struct device *dev)
{
	struct gpio_desc *reset = devm_gpiod_get(dev, "reset", GPIOD_OUT_LOW);

	if (!reset) /* expect: check/null-vs-errptr */
		return -ENODEV;
	gpiod_set_value(reset, 1);
	return 0;
}
