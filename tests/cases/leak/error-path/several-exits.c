/* Each exit that forgets something is a finding: mending one leaves the others. What one exit forgets of one kind is
 * one finding, at what was taken last, that names the others. */
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
		return -EIO; /* expect: leak/error-path memory */
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

int several_things_bad(struct device *dev)
{
	char *name, *text = kzalloc(16, GFP_KERNEL); /* note: note */

	if (!text)
		return -ENOMEM;
	name = kzalloc(16, GFP_KERNEL);
	if (!name) {
		kfree(text);
		return -ENOMEM;
	}
	if (one(dev))
		return -EIO; /* expect: leak/error-path memory */
	kfree(name);
	kfree(text);
	return 0;
}
