/* The managed twin of a release is right by hand; the plain one is not. */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/regulator/consumer.h>

void devm_regulator_put(struct regulator *regulator);
int led_check(struct regulator *r);

int led_ok(struct device *dev)
{
	struct regulator *r = devm_regulator_get(dev, "led");

	if (IS_ERR(r))
		return PTR_ERR(r);
	if (led_check(r))
		devm_regulator_put(r); /* expect: devm/explicit-free */
	return 0;
}

int led_bad(struct device *dev)
{
	struct regulator *r = devm_regulator_get(dev, "led");

	if (IS_ERR(r))
		return PTR_ERR(r);
	if (led_check(r))
		regulator_put(r); /* expect: free/managed */
	return 0;
}
