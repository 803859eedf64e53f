/* A managed outer object goes away by itself; what is taken for it by hand does not. */
#include <linux/device.h>
#include <linux/slab.h>

struct touch {
	u8 *data;
	u8 *more;
};

int devm_outer_bad(struct device *dev)
{
	struct touch *ts = devm_kzalloc(dev, sizeof(*ts), GFP_KERNEL);

	if (!ts)
		return -ENOMEM;
	ts->data = kzalloc(32, GFP_KERNEL);
	if (!ts->data)
		return -ENOMEM;
	ts->more = kzalloc(32, GFP_KERNEL);
	if (!ts->more)
		return -ENOMEM; /* expect: leak/error-path memory */
	dev_set_drvdata(dev, ts);
	return 0;
}

int devm_outer_ok(struct device *dev)
{
	struct touch *ts = devm_kzalloc(dev, sizeof(*ts), GFP_KERNEL);

	if (!ts)
		return -ENOMEM;
	ts->data = kzalloc(32, GFP_KERNEL);
	if (!ts->data)
		return -ENOMEM;
	ts->more = devm_kzalloc(dev, 32, GFP_KERNEL);
	if (!ts->more) {
		kfree(ts->data);
		return -ENOMEM;
	}
	dev_set_drvdata(dev, ts);
	return 0;
}
