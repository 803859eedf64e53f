/*
 * A hub whose ports are child nodes, each with a clock and a name. Iterators left early, a roll-back that forgets the
 * element it failed at, and their right forms.
 */
#include <linux/clk.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define HUB_PORTS 8

struct hub_port {
	struct clk *clk;
	char *label;
	u32 reg;
};

struct hub {
	struct device *dev;
	struct hub_port port[HUB_PORTS];
	int n_ports;
};

/* Leaves the loop with the reference to the child in hand. */
static int hub_count_ports(struct hub *hub, struct device_node *np)
{
	struct device_node *child;
	u32 reg;
	int ret;

	for_each_child_of_node(np, child) {
		ret = of_property_read_u32(child, "reg", &reg);
		if (ret)
			return ret; /* expect: leak/error-path of_node */
		if (reg >= HUB_PORTS) {
			of_node_put(child);
			return -EINVAL;
		}
		hub->port[hub->n_ports].reg = reg;
		hub->n_ports++;
	}
	return 0;
}

static int hub_check_ports(struct device_node *np)
{
	u32 reg;

	for_each_child_of_node_scoped(np, child) {
		if (of_property_read_u32(child, "reg", &reg))
			return -EINVAL;
	}
	return 0;
}

/* Undoes the ports before the failing one, and forgets the label that the failing one already has. */
static int hub_start_ports(struct hub *hub)
{
	struct hub_port *p;
	int i, ret;

	for (i = 0; i < hub->n_ports; i++) {
		p = &hub->port[i];
		p->label = kasprintf(GFP_KERNEL, "port%u", p->reg);
		if (!p->label) {
			ret = -ENOMEM;
			goto err;
		}
		ret = clk_prepare_enable(p->clk);
		if (ret)
			goto err;
	}
	return 0;

err:
	while (--i >= 0) {
		clk_disable_unprepare(hub->port[i].clk);
		kfree(hub->port[i].label);
	}
	return ret; /* expect: leak/error-path memory */
}

static void hub_stop_ports(struct hub *hub)
{
	int i;

	for (i = hub->n_ports - 1; i >= 0; i--) {
		clk_disable_unprepare(hub->port[i].clk);
		kfree(hub->port[i].label);
	}
}

static int hub_get_clocks(struct hub *hub)
{
	int i;

	for (i = 0; i < hub->n_ports; i++) {
		hub->port[i].clk = devm_clk_get(hub->dev, NULL);
		if (IS_ERR(hub->port[i].clk))
			return PTR_ERR(hub->port[i].clk);
	}
	return 0;
}

static int hub_probe(struct platform_device *pdev)
{
	struct hub *hub;
	int ret;

	ret = hub_check_ports(pdev->dev.of_node);
	if (ret)
		return ret;

	hub = devm_kzalloc(&pdev->dev, sizeof(*hub), GFP_KERNEL);
	if (!hub)
		return -ENOMEM;
	hub->dev = &pdev->dev;

	ret = hub_count_ports(hub, pdev->dev.of_node);
	if (ret)
		return ret;
	ret = hub_get_clocks(hub);
	if (ret)
		return ret;
	ret = hub_start_ports(hub);
	if (ret)
		return ret;

	platform_set_drvdata(pdev, hub);
	return 0;
}

static void hub_remove(struct platform_device *pdev)
{
	hub_stop_ports(platform_get_drvdata(pdev));
}

static struct platform_driver hub_driver = {
	.probe = hub_probe,
	.remove = hub_remove,
	.driver = {.name = "hub"},
};
module_platform_driver(hub_driver);

MODULE_LICENSE("GPL");
