/*
 * A platform device with a clock, a register window and two buffers. Shows the commonest bug of all: a late step of
 * probe that returns where its neighbours jump to the ladder.
 */
#include <linux/clk.h>
#include <linux/interrupt.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct gizmo {
	struct device *dev;
	void __iomem *regs;
	struct clk *clk;
	u32 mode;
	u8 *rx;
	u8 *tx;
	size_t len;
	int irq;
};

static irqreturn_t gizmo_irq(int irq, void *data)
{
	struct gizmo *g = data;

	g->rx[0] = readl(g->regs);
	return IRQ_HANDLED;
}

/* The first buffer is lost when the second one cannot be had. */
static u8 *gizmo_make_table(size_t len)
{
	u8 *table, *scratch;

	table = kmalloc(len, GFP_KERNEL); /* expect: check/redundant memory */
	if (!table)
		return NULL;

	scratch = kmalloc(len, GFP_KERNEL);
	if (!scratch)
		return NULL; /* expect: leak/error-path memory */

	memset(scratch, 0, len); /* expect: alloc/zero memory */
	memcpy(table, scratch, len);
	kfree(scratch);
	return table;
}

static int gizmo_alloc_buffers(struct gizmo *g)
{
	g->rx = devm_kzalloc(g->dev, g->len, GFP_KERNEL);
	if (!g->rx)
		return -ENOMEM;

	g->tx = kzalloc(g->len, GFP_KERNEL);
	return g->tx ? 0 : -ENOMEM;
}

static void gizmo_free_buffers(struct gizmo *g)
{
	kfree(g->tx);
}

static int gizmo_load_table(struct gizmo *g)
{
	u8 *table = gizmo_make_table(g->len);

	if (!table)
		return -ENOMEM;
	memcpy(g->tx, table, g->len);
	kfree(table);
	return 0;
}

static int gizmo_probe(struct platform_device *pdev)
{
	struct gizmo *g;
	int ret;

	g = devm_kzalloc(&pdev->dev, sizeof(*g), GFP_KERNEL);
	if (!g)
		return -ENOMEM;
	g->dev = &pdev->dev;
	g->len = 256;

	g->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(g->regs))
		return PTR_ERR(g->regs);

	g->clk = devm_clk_get(&pdev->dev, NULL);
	if (IS_ERR(g->clk))
		return dev_err_probe(&pdev->dev, PTR_ERR(g->clk), "no clock\n");

	ret = gizmo_alloc_buffers(g);
	if (ret)
		return ret;

	ret = clk_prepare_enable(g->clk);
	if (ret)
		goto err_buffers;

	ret = gizmo_load_table(g);
	if (ret)
		goto err_clk;

	ret = of_property_read_u32(pdev->dev.of_node, "mode", &g->mode);
	if (ret)
		return ret; /* expect: leak/error-path clk */ /* expect: leak/error-path memory */

	g->irq = platform_get_irq(pdev, 0);
	if (g->irq < 0) {
		ret = g->irq;
		goto err_clk;
	}
	ret = request_irq(g->irq, gizmo_irq, 0, "gizmo", g);
	if (ret)
		goto err_clk;

	platform_set_drvdata(pdev, g);
	return 0;

err_clk:
	clk_disable_unprepare(g->clk);
err_buffers:
	gizmo_free_buffers(g);
	return ret;
}

static void gizmo_remove(struct platform_device *pdev)
{
	struct gizmo *g = platform_get_drvdata(pdev);

	free_irq(g->irq, g);
	clk_disable_unprepare(g->clk);
	gizmo_free_buffers(g);
}

static const struct of_device_id gizmo_of_match[] = {
	{.compatible = "example,gizmo"},
	{},
};
MODULE_DEVICE_TABLE(of, gizmo_of_match);

static struct platform_driver gizmo_driver = {
	.probe = gizmo_probe,
	.remove = gizmo_remove,
	.driver = {.name = "gizmo", .of_match_table = gizmo_of_match},
};
module_platform_driver(gizmo_driver);

MODULE_LICENSE("GPL");
