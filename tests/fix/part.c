/* What one repair cannot mend together with the rest is shown to nobody. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

int start(void *p);

#define TRY(x)                       \
	do {                         \
		if (x)               \
			return -EIO; \
	} while (0)

struct gate {
	char *log;
};

static int gate_setup(struct gate *g)
{
	g->log = kzalloc(64, GFP_KERNEL);
	if (!g->log)
		return -ENOMEM;
	return 0;
}

static int gate_probe(struct platform_device *pdev)
{
	struct gate *g = devm_kzalloc(&pdev->dev, sizeof(*g), GFP_KERNEL);
	int ret;

	if (!g)
		return -ENOMEM;
	ret = gate_setup(g);
	if (ret)
		return ret;
	ret = start(g);
	if (ret)
		return ret;
	TRY(start(pdev));
	platform_set_drvdata(pdev, g);
	return 0;
}

static void gate_remove(struct platform_device *pdev)
{
	struct gate *g = platform_get_drvdata(pdev);

	kfree(g->log);
}

static struct platform_driver gate_driver = {
	.probe = gate_probe,
	.remove = gate_remove,
	.driver = {.name = "gate"},
};
module_platform_driver(gate_driver);
