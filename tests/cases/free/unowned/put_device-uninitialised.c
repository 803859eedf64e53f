/* The ladder puts a device that the first failure has not yet initialised. */
#include <linux/device.h>
#include <linux/slab.h>

struct unit {
	struct device dev;
	int *table;
};

static void unit_release(struct device *dev)
{
	struct unit *u = container_of(dev, struct unit, dev);

	kfree(u->table);
	kfree(u);
}

struct unit *unit_alloc_bad(void)
{
	struct unit *u = kzalloc(sizeof(*u), GFP_KERNEL);

	if (!u)
		return NULL;
	u->table = kcalloc(8, sizeof(int), GFP_KERNEL);
	if (!u->table)
		goto error;
	u->dev.release = unit_release;
	device_initialize(&u->dev);
	if (dev_set_name(&u->dev, "unit"))
		goto error;
	return u;
error:
	put_device(&u->dev); /* expect: free/unowned device */
	return NULL;
}

struct unit *unit_alloc_ok(void)
{
	struct unit *u = kzalloc(sizeof(*u), GFP_KERNEL);

	if (!u)
		return NULL;
	u->dev.release = unit_release;
	device_initialize(&u->dev);
	u->table = kcalloc(8, sizeof(int), GFP_KERNEL);
	if (!u->table)
		goto error;
	if (dev_set_name(&u->dev, "unit"))
		goto error;
	return u;
error:
	put_device(&u->dev);
	return NULL;
}
