/* The same for a state that an unknown function switches on. */
#include <linux/errno.h>

struct radio;

int radio_power_enable(struct radio *r);
void radio_power_disable(struct radio *r);
int radio_load(struct radio *r);
int radio_tune(struct radio *r);

int enable_bad(struct radio *r)
{
	int ret = radio_power_enable(r);

	if (ret)
		return ret;
	ret = radio_load(r);
	if (ret) {
		radio_power_disable(r);
		return ret;
	}
	ret = radio_tune(r);
	if (ret)
		return ret; /* expect: leak/error-path other */
	return 0;
}

int enable_ok(struct radio *r)
{
	int ret = radio_power_enable(r);

	if (ret)
		return ret;
	ret = radio_load(r);
	if (!ret)
		ret = radio_tune(r);
	if (ret)
		radio_power_disable(r);
	return ret;
}
