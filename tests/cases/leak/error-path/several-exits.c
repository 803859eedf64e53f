/* What one call takes is told once, at the first exit that forgets it; the finding names the others. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/slab.h>

int one(struct device *dev);
int two(struct device *dev);

int several_exits_bad(struct device *dev)
{
	char *name = kzalloc(16, GFP_KERNEL);
	int ret;

	if (!name)
		return -ENOMEM;
	ret = one(dev);
	if (ret)
		return ret; /* expect: leak/error-path memory */
	ret = two(dev);
	if (ret)
		return -EIO; /* note: note */
	kfree(name);
	return 0;
}

int several_exits_ok(struct device *dev)
{
	char *name = kzalloc(16, GFP_KERNEL);
	int ret;

	if (!name)
		return -ENOMEM;
	ret = one(dev);
	if (!ret)
		ret = two(dev);
	kfree(name);
	return ret;
}
