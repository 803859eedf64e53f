/* comedi calls detach() after a failed attach(), too; what detach() does not know stays. */
#include <linux/errno.h>
#include <linux/slab.h>

struct comedi_device {
	void *private, *scratch;
};
struct comedi_driver {
	int (*auto_attach)(struct comedi_device *dev, unsigned long context);
	void (*detach)(struct comedi_device *dev);
};

int comedi_setup(struct comedi_device *dev);

static int attach_ok(struct comedi_device *dev, unsigned long context)
{
	dev->private = kzalloc(16, GFP_KERNEL);
	if (!dev->private)
		return -ENOMEM;
	return comedi_setup(dev);
}

static int attach_bad(struct comedi_device *dev, unsigned long context)
{
	dev->private = kzalloc(16, GFP_KERNEL);
	if (!dev->private)
		return -ENOMEM;
	dev->scratch = kzalloc(16, GFP_KERNEL);
	if (!dev->scratch)
		return -ENOMEM;
	return comedi_setup(dev);
}

static void detach_ok(struct comedi_device *dev)
{
	kfree(dev->private);
}

static void detach_bad(struct comedi_device *dev)
{
	kfree(dev->private);
} /* expect: leak/remove memory */

struct comedi_driver ok_driver = {.auto_attach = attach_ok, .detach = detach_ok};
struct comedi_driver bad_driver = {.auto_attach = attach_bad, .detach = detach_bad};
