#include <linux/regulator/consumer.h>

int voltage_bad(struct device *dev)
{
	struct regulator *r = regulator_get(dev, "io");

	if (IS_ERR(r))
		return PTR_ERR(r);
	if (regulator_set_voltage(r, 1000, 2000))
		return -EINVAL; /* expect: leak/error-path regulator */
	regulator_put(r);
	return 0;
}

int voltage_ok(struct device *dev)
{
	struct regulator *r = regulator_get(dev, "io");
	int ret;

	if (IS_ERR(r))
		return PTR_ERR(r);
	ret = regulator_set_voltage(r, 1000, 2000);
	regulator_put(r);
	return ret;
}
