/* Releases of the wrong kind, and one too many. */
#include <linux/device.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

int fill(void *p);

int wrong_name(void)
{
	char *p = vmalloc(100000);

	if (!p)
		return -ENOMEM;
	fill(p);
	kfree(p);
	return 0;
}

struct gadget {
	struct device dev;
	int id;
};

int put_instead(struct gadget *g)
{
	int ret;

	g = kzalloc(sizeof(*g), GFP_KERNEL);
	if (!g)
		return -ENOMEM;
	ret = device_register(&g->dev);
	if (ret) {
		kfree(g);
		return ret;
	}
	return 0;
}

int once_too_often(int mode)
{
	char *p = kmalloc(16, GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = fill(p);
	if (ret) {
		kfree(p);
		goto out;
	}
	if (mode)
		ret = -EINVAL;
out:
	kfree(p);
	return ret;
}
