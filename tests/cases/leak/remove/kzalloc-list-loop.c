/* Ports that probe takes in a loop and puts on a list; what the end calls may look after them in several ways. */
#include <linux/device.h>
#include <linux/list.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct port {
	struct list_head list;
	int number;
};

struct hub {
	struct list_head ports;
	int n_ports;
};

static struct hub *hub_new(struct platform_device *pdev)
{
	struct hub *h = devm_kzalloc(&pdev->dev, sizeof(*h), GFP_KERNEL);

	if (h) {
		INIT_LIST_HEAD(&h->ports);
		platform_set_drvdata(pdev, h);
	}
	return h;
}

static void forget_ports(void *data)
{
	struct hub *h = data;
	struct port *p, *next;

	list_for_each_entry_safe(p, next, &h->ports, list)
		kfree(p);
}

static int add_ports(struct hub *h)
{
	struct port *p;
	int i;

	for (i = 0; i < h->n_ports; i++) {
		p = kzalloc(sizeof(*p), GFP_KERNEL);
		if (!p)
			return -ENOMEM;
		p->number = i;
		list_add_tail(&p->list, &h->ports);
	}
	return 0;
}

static int hub_probe(struct platform_device *pdev)
{
	struct hub *h = hub_new(pdev);
	int ret;

	if (!h)
		return -ENOMEM;
	ret = add_ports(h);
	if (ret)
		forget_ports(h);
	return ret;
}

static void hub_remove_bad(struct platform_device *pdev)
{
	struct hub *h = platform_get_drvdata(pdev);

	h->n_ports = 0;
} /* expect: leak/remove memory */

struct platform_driver hub_bad = {.probe = hub_probe, .remove = hub_remove_bad};

static void hub_remove_ok(struct platform_device *pdev)
{
	forget_ports(platform_get_drvdata(pdev));
}

struct platform_driver hub_ok = {.probe = hub_probe, .remove = hub_remove_ok};

/* A framework in another file gets the device at the end, and may call back. */
void hub_core_stop(struct platform_device *pdev);

static void hub_remove_handed_on_ok(struct platform_device *pdev)
{
	hub_core_stop(pdev);
}

struct platform_driver hub_handed_on = {.probe = hub_probe, .remove = hub_remove_handed_on_ok};
