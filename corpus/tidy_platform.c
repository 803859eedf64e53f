/* Nothing to find here: a platform driver the modern way, with managed resources, scope-based cleanup and an action. */
#include <linux/clk.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/reset.h>
#include <linux/slab.h>

struct tidy_channel {
	struct list_head list;
	u32 reg;
	const char *name;
};

struct tidy {
	struct device *dev;
	void __iomem *regs;
	struct clk *bus, *core;
	struct reset_control *reset;
	struct mutex lock;
	struct list_head channels;
	u32 *table;
};

static irqreturn_t tidy_irq(int irq, void *data)
{
	struct tidy *t = data;

	writel(1, t->regs);
	return IRQ_HANDLED;
}

static void tidy_assert(void *data)
{
	reset_control_assert(data);
}

static int tidy_add_channel(struct tidy *t, struct device_node *np)
{
	struct tidy_channel *ch;
	int ret;

	ch = devm_kzalloc(t->dev, sizeof(*ch), GFP_KERNEL);
	if (!ch)
		return -ENOMEM;
	ret = of_property_read_u32(np, "reg", &ch->reg);
	if (ret)
		return ret;
	ch->name = devm_kasprintf(t->dev, GFP_KERNEL, "ch%u", ch->reg);
	if (!ch->name)
		return -ENOMEM;
	list_add_tail(&ch->list, &t->channels);
	return 0;
}

static int tidy_add_channels(struct tidy *t)
{
	struct device_node *ports __free(device_node) = of_get_child_by_name(t->dev->of_node, "channels");
	int ret;

	if (!ports)
		return 0;
	for_each_available_child_of_node_scoped(ports, np) {
		ret = tidy_add_channel(t, np);
		if (ret)
			return ret;
	}
	return 0;
}

static u32 *tidy_read_table(struct tidy *t, size_t n)
{
	u32 *table __free(kfree) = kcalloc(n, sizeof(*table), GFP_KERNEL);
	size_t i;

	if (!table)
		return ERR_PTR(-ENOMEM);
	guard(mutex)(&t->lock);
	for (i = 0; i < n; i++) {
		table[i] = readl(t->regs + 4 * i);
		if (table[i] == ~0U)
			return ERR_PTR(-EIO);
	}
	return_ptr(table);
}

static int tidy_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct tidy *t;
	int ret, irq;

	t = devm_kzalloc(dev, sizeof(*t), GFP_KERNEL);
	if (!t)
		return -ENOMEM;
	t->dev = dev;
	mutex_init(&t->lock);
	INIT_LIST_HEAD(&t->channels);
	platform_set_drvdata(pdev, t);

	t->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(t->regs))
		return PTR_ERR(t->regs);

	t->bus = devm_clk_get_enabled(dev, "bus");
	if (IS_ERR(t->bus))
		return dev_err_probe(dev, PTR_ERR(t->bus), "no bus clock\n");

	t->core = devm_clk_get_optional(dev, "core");
	if (IS_ERR(t->core))
		return PTR_ERR(t->core);

	t->reset = devm_reset_control_get_exclusive(dev, NULL);
	if (IS_ERR(t->reset))
		return PTR_ERR(t->reset);
	ret = reset_control_deassert(t->reset);
	if (ret)
		return ret;
	ret = devm_add_action_or_reset(dev, tidy_assert, t->reset);
	if (ret)
		return ret;

	ret = tidy_add_channels(t);
	if (ret)
		return ret;

	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	ret = devm_request_irq(dev, irq, tidy_irq, 0, dev_name(dev), t);
	if (ret)
		return ret;

	t->table = tidy_read_table(t, 16);
	if (IS_ERR(t->table))
		return PTR_ERR(t->table);
	return 0;
}

static void tidy_remove(struct platform_device *pdev)
{
	struct tidy *t = platform_get_drvdata(pdev);

	kfree(t->table);
}

static const struct of_device_id tidy_of_match[] = {
	{.compatible = "example,tidy"},
	{},
};
MODULE_DEVICE_TABLE(of, tidy_of_match);

static struct platform_driver tidy_driver = {
	.probe = tidy_probe,
	.remove = tidy_remove,
	.driver = {.name = "tidy", .of_match_table = tidy_of_match},
};
module_platform_driver(tidy_driver);

MODULE_LICENSE("GPL");
