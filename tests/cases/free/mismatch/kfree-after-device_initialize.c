/* A callee that sounds as if it released something does not make it right to free what is counted. */
#include <linux/device.h>
#include <linux/slab.h>

struct meter {
	int id;
	struct device dev;
};

int meter_add_node(struct meter *m);
void meter_remove_node(struct meter *m);

struct meter *meter_alloc_bad(void)
{
	struct meter *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return NULL;
	device_initialize(&m->dev);
	if (meter_add_node(m))
		goto err_node;
	if (dev_set_name(&m->dev, "meter"))
		goto err_name;
	return m;
err_name:
	meter_remove_node(m);
err_node:
	kfree(m); /* expect: free/mismatch device */
	return NULL;
}

struct meter *meter_alloc_ok(void)
{
	struct meter *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return NULL;
	if (meter_add_node(m)) {
		kfree(m);
		return NULL;
	}
	device_initialize(&m->dev);
	if (dev_set_name(&m->dev, "meter")) {
		meter_remove_node(m);
		put_device(&m->dev);
		return NULL;
	}
	return m;
}
