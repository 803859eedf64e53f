/* Where in a ladder, or in the callback that ends the use, a release belongs. */
#include <linux/clk.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/pm_runtime.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>

int start(void *p);

struct lamp {
	struct regulator *supply;
	struct clk *clk;
	bool powered;
	void *buf;
};

/* Taken before all that the ladder undoes: released last. */
int lamp_on(struct lamp *l)
{
	int ret;

	l->buf = kzalloc(64, GFP_KERNEL);
	if (!l->buf)
		return -ENOMEM;
	ret = clk_prepare_enable(l->clk);
	if (ret) {
		kfree(l->buf);
		return ret;
	}
	ret = regulator_enable(l->supply);
	if (ret)
		goto err_clk;
	ret = start(l);
	if (ret)
		goto err_regulator;
	return 0;

err_regulator:
	regulator_disable(l->supply);
err_clk:
	clk_disable_unprepare(l->clk);

	return ret;
}

/* The label that nobody goes to any more goes as well. */
int lamp_two(struct lamp *l)
{
	int ret;

	ret = clk_prepare_enable(l->clk);
	if (ret)
		return ret;
	ret = regulator_enable(l->supply);
	if (ret)
		goto err_clk;
	if (start(l) < 0) {
		ret = -EIO;
		goto err_none;
	}
	return 0;

err_clk:
	clk_disable_unprepare(l->clk);
err_none:
	start(NULL);
	return ret;
}

/* Two conditions are one. */
int lamp_resume(struct lamp *l)
{
	int ret;

	if (l->powered) {
		ret = regulator_enable(l->supply);
		if (ret)
			return ret;
	}
	ret = start(l);
	if (ret) {
		if (l->powered)
			regulator_disable(l->supply);
		return ret;
	}
	return start(l->buf);
}

/* What is lost at the same end is not there yet where this path turns off. */
int lamp_pair(struct lamp *l)
{
	void *a, *b;

	a = kmalloc(16, GFP_KERNEL);
	if (!a)
		return -ENOMEM;
	if (start(a) < 0)
		goto out;
	b = kmalloc(16, GFP_KERNEL);
	if (!b)
		goto out;
	if (start(b) < 0)
		goto out;
	kfree(b);
	kfree(a);
	return 0;
out:
	return -EIO;
}

static int meter_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct lamp *l;
	int ret;

	l = devm_kzalloc(dev, sizeof(*l), GFP_KERNEL);
	if (!l)
		return -ENOMEM;
	platform_set_drvdata(pdev, l);
	ret = clk_prepare_enable(l->clk);
	if (ret)
		return ret;
	l->buf = kzalloc(64, GFP_KERNEL);
	if (!l->buf) {
		clk_disable_unprepare(l->clk);
		return -ENOMEM;
	}
	return 0;
}

/* In the reverse order of taking, and above what is said of the next step. */
static void meter_remove(struct platform_device *pdev)
{
	struct lamp *l = platform_get_drvdata(pdev);

	start(NULL);
	/* The clock is the last to go. */
	clk_disable_unprepare(l->clk);
}

static struct platform_driver meter_driver = {
	.probe = meter_probe,
	.remove = meter_remove,
	.driver = {.name = "meter"},
};
module_platform_driver(meter_driver);

struct gadget {
	struct device dev;
	void *name;
};

static void gadget_release(struct device *dev)
{
	struct gadget *g = container_of(dev, struct gadget, dev);

	put_device(dev->parent);
	kfree(g);
}

/* The last put does what stands before it. */
int gadget_add(struct device *parent)
{
	struct gadget *g = kzalloc(sizeof(*g), GFP_KERNEL);
	int ret;

	if (!g)
		return -ENOMEM;
	g->dev.parent = get_device(parent);
	g->dev.release = gadget_release;
	ret = device_register(&g->dev);
	if (ret) {
		put_device(g->dev.parent);
		kfree(g);
		return ret;
	}
	return 0;
}

/* Each exit is repaired by itself, though the two are alike. */
int fill_table(void **a, int mode)
{
	void *p, *q;

	p = kmalloc(16, GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	q = kmalloc(16, GFP_KERNEL);
	if (!q) {
		kfree(p);
		return -ENOMEM;
	}
	if (mode == 1)
		return -EINVAL;
	if (mode == 2)
		return -EIO;
	kfree(q);
	kfree(p);
	return 0;
}

/* The author knows. */
int stuck(int mode)
{
	void *p = kmalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (start(p) < 0) {
		/* The device may still write there: don't free it. */
		return -EIO;
	}
	kfree(p);
	return 0;
}
