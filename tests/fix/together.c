/* Several jumps, or several leaks, of one path; releases that nothing but a name or the pointer itself tells of. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/pm_runtime.h>
#include <linux/power_supply.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>

int start(void *p);

struct lamp {
	struct regulator *supply;
	struct clk *clk, *bus;
	struct power_supply *battery;
	bool bridged;
};

/* Two go one step too far down. */
int lamp_on(struct lamp *l)
{
	int ret;

	ret = clk_prepare_enable(l->clk);
	if (ret)
		return ret;
	ret = regulator_enable(l->supply);
	if (ret)
		goto err_clk;
	ret = start(l);
	if (ret)
		goto err_clk;
	ret = start(l->clk);
	if (ret)
		goto err_clk;
	ret = start(l->supply);
	if (ret)
		goto err_regulator;
	return 0;

err_regulator:
	regulator_disable(l->supply);
err_clk:
	clk_disable_unprepare(l->clk);
	return ret;
}

/* The last step leaves both, newest first. */
int lamp_register(struct device *dev)
{
	int ret;

	pm_runtime_enable(dev);
	ret = pm_runtime_resume_and_get(dev);
	if (ret < 0) {
		pm_runtime_disable(dev);
		return ret;
	}
	return start(dev);
}

/* The ladder asks first. */
int lamp_bridge(struct lamp *l)
{
	int ret;

	ret = clk_prepare_enable(l->bus);
	if (ret)
		return ret;
	l->bridged = true;
	ret = start(l);
	if (ret)
		return ret;
	ret = start(l->bus);
	if (ret)
		goto err_bus;
	return 0;

err_bus:
	if (l->bridged)
		clk_disable_unprepare(l->bus);
	return ret;
}

/* Whether the condition held, the pointer tells. */
static int lamp_probe(struct platform_device *pdev)
{
	struct lamp *l = devm_kzalloc(&pdev->dev, sizeof(*l), GFP_KERNEL);
	int ret;

	if (!l)
		return -ENOMEM;
	if (start(pdev) > 2) {
		l->battery = power_supply_get_by_name("lamp");
		if (!l->battery)
			return -ENODEV;
	}
	ret = start(l);
	if (ret)
		return ret;
	platform_set_drvdata(pdev, l);
	return 0;
}

static void lamp_remove(struct platform_device *pdev)
{
	struct lamp *l = platform_get_drvdata(pdev);

	if (l->battery)
		power_supply_put(l->battery);
}

static struct platform_driver lamp_driver = {
	.probe = lamp_probe,
	.remove = lamp_remove,
	.driver = {.name = "lamp"},
};

int cpufreq_register_notifier(struct notifier_block *nb, unsigned int list);
int cpufreq_unregister_notifier(struct notifier_block *nb, unsigned int list);
int other_init(void);
void other_exit(void);

static struct notifier_block lamp_notifier;

/* With all that it was registered with. */
static int __init lamp_init(void)
{
	int ret;

	ret = cpufreq_register_notifier(&lamp_notifier, 1);
	if (ret)
		return ret;
	ret = platform_driver_register(&lamp_driver);
	if (ret)
		return ret;
	return 0;
}
module_init(lamp_init);

int other_register_driver(void);
void other_unregister_driver(void);

/* With nothing. */
static int other_start(int mode)
{
	int ret;

	ret = other_register_driver();
	if (ret)
		return ret;
	if (mode) {
		other_unregister_driver();
		return -EINVAL;
	}
	return start(NULL);
}

int other(int mode)
{
	return other_start(mode);
}

struct codec {
	struct device_node *np;
	int type;
};

static void codec_drop(struct codec *c)
{
	of_node_put(c->np);
}

/* What the ladder calls is not the release itself. */
int codec_attach(struct codec *c, struct device_node *parent)
{
	int ret;

	ret = start(parent);
	if (ret)
		return ret;
	c->np = of_get_child_by_name(parent, "codec");
	if (!c->np)
		return -ENODEV;
	if (c->type) {
		ret = -EINVAL;
		goto stop;
	}
	ret = start(c);
	if (ret)
		goto drop;
	return 0;

drop:
	codec_drop(c);
stop:
	start(NULL);
	return ret;
}

#define TRY(x)                          \
	do {                            \
		int try_ret = (x);      \
		if (try_ret)            \
			return try_ret; \
	} while (0)

/* One way is left, inside a macro. */
int lamp_try(struct lamp *l)
{
	int ret;

	ret = clk_prepare_enable(l->clk);
	if (ret)
		return ret;
	ret = start(l);
	if (ret)
		return ret;
	TRY(start(NULL));
	clk_disable_unprepare(l->clk);
	return 0;
}

int dimmer_init(struct lamp *l);
void dimmer_deinit(struct lamp *l);

/* The label above undoes what has just failed. */
int lamp_dimmed(struct lamp *l)
{
	int ret;

	ret = clk_prepare_enable(l->clk);
	if (ret)
		return ret;
	ret = dimmer_init(l);
	if (ret)
		goto out;
	ret = start(l);
	if (ret)
		goto err_dimmer;
	return 0;

err_dimmer:
	dimmer_deinit(l);
	clk_disable_unprepare(l->clk);
out:
	start(NULL);
	return ret;
}

/* The sibling asks, and does more. */
struct lamp *lamp_find(struct device_node *parent, int mode, struct lamp *l)
{
	struct device_node *np = NULL;

	if (mode == 2) {
		np = of_get_child_by_name(parent, "lamp");
		if (!np)
			return NULL;
	}
	if (start(l) < 0)
		return NULL;
	if (np) {
		l->bridged = true;
		of_node_put(np);
	}
	return l;
}
