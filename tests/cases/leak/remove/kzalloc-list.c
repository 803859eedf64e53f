/* Objects on a list that hangs off the driver data. */
#include <linux/list.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct port {
	struct list_head list;
};

struct hub {
	struct list_head ports;
};

static int probe_any(struct platform_device *pdev)
{
	struct hub *h = devm_kzalloc(&pdev->dev, sizeof(*h), GFP_KERNEL);
	struct port *p;

	if (!h)
		return -ENOMEM;
	INIT_LIST_HEAD(&h->ports);
	p = kzalloc(sizeof(*p), GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	list_add_tail(&p->list, &h->ports);
	platform_set_drvdata(pdev, h);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	struct hub *h = platform_get_drvdata(pdev);

	INIT_LIST_HEAD(&h->ports);
} /* expect: leak/remove memory */

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};

static void remove_ok(struct platform_device *pdev)
{
	struct hub *h = platform_get_drvdata(pdev);
	struct port *p, *next;

	list_for_each_entry_safe(p, next, &h->ports, list) {
		list_del(&p->list);
		kfree(p);
	}
}

struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
