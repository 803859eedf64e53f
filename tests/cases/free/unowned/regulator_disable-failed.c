#include <linux/regulator/consumer.h>

int power_bad(struct regulator *r)
{
	int ret = regulator_enable(r);

	if (ret < 0)
		goto err;
	return 0;
err:
	regulator_disable(r); /* expect: free/unowned regulator */ /* xfail-fn: needs another path that has taken it */
	return ret;
}

int power_ok(struct regulator *r)
{
	int ret = regulator_enable(r);

	if (ret < 0)
		return ret;
	ret = regulator_set_voltage(r, 1, 2);
	if (ret)
		regulator_disable(r);
	return ret;
}
