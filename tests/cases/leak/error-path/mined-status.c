/* What says that nothing was taken: false, or a status that is not zero. */
#include <linux/errno.h>
#include <linux/types.h>

struct radio;

bool radio_power_get(struct radio *r);
void radio_power_put(struct radio *r);
unsigned int radio_handler_install(struct radio *r);
void radio_handler_remove(struct radio *r);
int radio_load(struct radio *r);
int radio_tune(struct radio *r);

int false_bad(struct radio *r)
{
	int ret;

	if (!radio_power_get(r))
		return -EBUSY;
	ret = radio_load(r);
	if (ret) {
		radio_power_put(r);
		return ret;
	}
	return radio_tune(r); /* expect: leak/error-path other */
}

int false_ok(struct radio *r)
{
	int ret;

	if (!radio_power_get(r))
		return -EBUSY;
	ret = radio_load(r);
	if (!ret)
		ret = radio_tune(r);
	radio_power_put(r);
	return ret;
}

int status_bad(struct radio *r)
{
	int ret;

	if (radio_handler_install(r))
		return -ENODEV;
	ret = radio_load(r);
	if (ret) {
		radio_handler_remove(r);
		return ret;
	}
	return radio_tune(r); /* expect: leak/error-path other */
}

int status_ok(struct radio *r)
{
	int ret;

	if (radio_handler_install(r))
		return -ENODEV;
	ret = radio_load(r);
	if (!ret)
		ret = radio_tune(r);
	if (ret)
		radio_handler_remove(r);
	return ret;
}
