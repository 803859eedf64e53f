#include <linux/regulator/consumer.h>

int load(void);

int supply_bad(struct regulator *r)
{
	int ret = regulator_enable(r);

	if (ret)
		return ret;
	if (load())
		return -EIO; /* expect: leak/error-path regulator */
	regulator_disable(r);
	return 0;
}

int supply_ok(struct regulator *r)
{
	int ret = regulator_enable(r);

	if (ret)
		return ret;
	ret = load() ? -EIO : 0;
	regulator_disable(r);
	return ret;
}
