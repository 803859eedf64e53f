/* Memory that probe takes and remove frees: one managed call does both, and what was there for the rest goes. */
#include <linux/err.h>
#include <linux/i2c.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>

struct gauge {
	struct regulator *supply;
	u8 *table;
	int irq;
};

int gauge_start(struct gauge *g);
void gauge_stop(struct gauge *g);

static int gauge_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct gauge *g;
	int ret;

	g = kzalloc(sizeof(*g), GFP_KERNEL);
	if (!g)
		return -ENOMEM;

	g->irq = platform_get_irq(pdev, 0);
	if (g->irq < 0) {
		ret = g->irq;
		goto err_free;
	}

	g->supply = regulator_get(dev, "vdd");
	if (IS_ERR(g->supply)) {
		dev_err(dev, "no supply\n");
		ret = PTR_ERR(g->supply);
		goto err_free;
	}
	ret = gauge_start(g);
	if (ret)
		goto err_put;
	platform_set_drvdata(pdev, g);
	return 0;

err_put:
	regulator_put(g->supply);
err_free:
	kfree(g);
	return ret;
}

static void gauge_remove(struct platform_device *pdev)
{
	struct gauge *g = platform_get_drvdata(pdev);

	gauge_stop(g);
	regulator_put(g->supply);
	kfree(g);
}

static struct platform_driver gauge_driver = {
	.probe = gauge_probe,
	.remove = gauge_remove,
	.driver = {.name = "gauge"},
};
module_platform_driver(gauge_driver);

/* Remove does nothing else, and the label leads to nothing else. */
static int dial_probe(struct i2c_client *client)
{
	struct gauge *d = kzalloc(sizeof(*d), GFP_KERNEL);
	int ret;

	if (!d)
		return -ENOMEM;
	i2c_set_clientdata(client, d);
	ret = gauge_start(d);
	if (ret)
		goto free;
	return 0;

free:
	kfree(d);
	return ret;
}

/* Frees what probe has taken. */
static void dial_remove(struct i2c_client *client)
{
	struct gauge *d = i2c_get_clientdata(client);

	kfree(d);
}

static struct i2c_driver dial_driver = {
	.probe = dial_probe,
	.remove = dial_remove,
	.driver = {.name = "dial"},
};
module_i2c_driver(dial_driver);
