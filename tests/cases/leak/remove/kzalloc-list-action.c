/* A managed action empties the list that probe fills: remove need not. */
#include <linux/device.h>
#include <linux/list.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct port {
	struct list_head list;
};

struct hub {
	struct list_head ports;
	int busy;
};

static void forget_ports(void *data)
{
	struct hub *h = data;
	struct port *p, *next;

	list_for_each_entry_safe(p, next, &h->ports, list)
		kfree(p);
}

static int probe_ok(struct platform_device *pdev)
{
	struct hub *h = devm_kzalloc(&pdev->dev, sizeof(*h), GFP_KERNEL);
	struct port *p;
	int i, ret;

	if (!h)
		return -ENOMEM;
	INIT_LIST_HEAD(&h->ports);
	platform_set_drvdata(pdev, h);
	ret = devm_add_action_or_reset(&pdev->dev, forget_ports, h);
	if (ret)
		return ret;
	for (i = 0; i < 4; i++) {
		p = kzalloc(sizeof(*p), GFP_KERNEL);
		if (!p)
			return -ENOMEM;
		list_add_tail(&p->list, &h->ports);
	}
	return 0;
}

static void remove_ok(struct platform_device *pdev)
{
	struct hub *h = platform_get_drvdata(pdev);

	h->busy = 0;
}

struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};
