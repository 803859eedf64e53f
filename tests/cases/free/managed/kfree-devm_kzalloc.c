/* The memory is freed again when the device is unbound. */
#include <linux/device.h>
#include <linux/slab.h>

int load(const u8 *p);

int managed_bad(struct device *dev)
{
	u8 *p = devm_kzalloc(dev, 64, GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = load(p);
	if (ret) {
		kfree(p); /* expect: free/managed memory */
		return ret;
	}
	dev_set_drvdata(dev, p);
	return 0;
}

int managed_ok(struct device *dev)
{
	u8 *p = devm_kzalloc(dev, 64, GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = load(p);
	if (ret)
		return ret;
	dev_set_drvdata(dev, p);
	return 0;
}
