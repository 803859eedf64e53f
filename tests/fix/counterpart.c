/* Callbacks that do not give back what their counterparts take. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/pm_runtime.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>

struct chip {
	struct regulator *supply;
	char *name;
	char *log;
};

static int chip_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct chip *chip;
	int ret;

	chip = devm_kzalloc(dev, sizeof(*chip), GFP_KERNEL);
	if (!chip)
		return -ENOMEM;
	chip->name = kstrdup("chip", GFP_KERNEL);
	if (!chip->name)
		return -ENOMEM;
	chip->log = kmalloc(64, GFP_KERNEL);
	if (!chip->log) {
		kfree(chip->name);
		return -ENOMEM;
	}
	chip->supply = devm_regulator_get(dev, "vdd");
	if (IS_ERR(chip->supply)) {
		ret = PTR_ERR(chip->supply);
		goto err;
	}
	pm_runtime_enable(dev);
	platform_set_drvdata(pdev, chip);
	return 0;

err:
	kfree(chip->log);
	kfree(chip->name);
	return ret;
}

static void chip_remove(struct platform_device *pdev)
{
	struct chip *c = platform_get_drvdata(pdev);

	kfree(c->name);
}

static struct platform_driver chip_driver = {
	.probe = chip_probe,
	.remove = chip_remove,
	.driver = {.name = "chip"},
};
module_platform_driver(chip_driver);
