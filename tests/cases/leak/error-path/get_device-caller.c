#include <linux/device.h>
#include <linux/slab.h>

struct adapter {
	void *scratch;
	struct {
		struct device *peer;
	} ports[4];
	int n;
};

struct device *port_device(struct adapter *a, int i);
int adapter_start(struct adapter *a);

static void adapter_free(struct adapter *a)
{
	int i;

	for (i = 0; i < a->n; i++)
		put_device(a->ports[i].peer);
	kfree(a->scratch);
}

/* What it leaves in the adapter its caller gives back, whatever failed. */
static int adapter_alloc_ok(struct adapter *a, struct device *dev)
{
	a->ports[1].peer = get_device(dev);
	a->n = 2;
	a->scratch = kzalloc(64, GFP_KERNEL);
	if (!a->scratch)
		return -ENOMEM;
	if (adapter_start(a)) {
		put_device(a->ports[1].peer);
		a->ports[1].peer = NULL;
		return -EIO;
	}
	return 0;
}

int adapter_probe_ok(struct adapter *a, struct device *dev)
{
	int ret = adapter_alloc_ok(a, dev);

	if (ret)
		goto failed;
	return 0;
failed:
	adapter_free(a);
	return ret;
}
