/* The error code passes through dev_err_probe(). */
#include <linux/device.h>
#include <linux/slab.h>

int start(const u8 *buf);

int probe_message_bad(struct device *dev)
{
	u8 *buf = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = start(buf);
	if (ret)
		return dev_err_probe(dev, ret, "start\n"); /* expect: leak/error-path memory */
	dev_set_drvdata(dev, buf);
	return 0;
}

int probe_message_ok(struct device *dev)
{
	u8 *buf = kzalloc(8, GFP_KERNEL);
	int ret;

	if (!buf)
		return dev_err_probe(dev, -ENOMEM, "memory\n");
	ret = start(buf);
	if (ret) {
		kfree(buf);
		return dev_err_probe(dev, ret, "start\n");
	}
	dev_set_drvdata(dev, buf);
	return 0;
}
