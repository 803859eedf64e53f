/* The allocator has said so already, with a backtrace. */
#include <linux/device.h>
#include <linux/slab.h>

int message_bad(struct device *dev, u8 **out)
{
	*out = kzalloc(64, GFP_KERNEL);
	if (!*out) {
		dev_err(dev, "out of memory\n"); /* expect: alloc/oom-message */
		return -ENOMEM;
	}
	return 0;
}

int message_ok(struct device *dev, u8 **out)
{
	*out = kzalloc(64, GFP_KERNEL);
	if (!*out)
		return -ENOMEM;
	return 0;
}

int quiet_ok(struct device *dev, u8 **out)
{
	*out = kzalloc(64, GFP_KERNEL | __GFP_NOWARN);
	if (!*out) {
		dev_err(dev, "out of memory\n");
		return -ENOMEM;
	}
	return 0;
}
