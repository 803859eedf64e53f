/* Unregistered by hand, before what its slots use goes. */
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct hwrng {
	const char *name;
	int (*read)(struct hwrng *rng, void *data, size_t max, bool wait);
	unsigned long priv;
};
int devm_hwrng_register(struct device *dev, struct hwrng *rng);
int hwrng_register(struct hwrng *rng);
void hwrng_unregister(struct hwrng *rng);

struct sink {
	char bytes[16];
};
struct priv {
	struct hwrng rng;
	struct sink *sink;
	struct delayed_work refill;
};

static void refill_any(struct work_struct *work)
{
	container_of(to_delayed_work(work), struct priv, refill)->sink->bytes[0] = 0;
}

static int read_any(struct hwrng *rng, void *data, size_t max, bool wait)
{
	struct priv *p = container_of(rng, struct priv, rng);
	struct sink *last = (struct sink *)rng->priv;

	schedule_delayed_work(&p->refill, HZ);
	return last->bytes[0];
}

static struct priv *set_up(struct platform_device *pdev)
{
	struct priv *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	p->sink = devm_kzalloc(&pdev->dev, sizeof(*p->sink), GFP_KERNEL);
	if (!p->sink)
		return NULL;
	INIT_DELAYED_WORK(&p->refill, refill_any);
	p->rng.read = read_any;
	platform_set_drvdata(pdev, p);
	return p;
}

static int probe_ok(struct platform_device *pdev)
{
	struct priv *p = set_up(pdev);

	if (!p)
		return -ENOMEM;
	return hwrng_register(&p->rng);
}

static void remove_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	hwrng_unregister(&p->rng);
	cancel_delayed_work_sync(&p->refill);
	kfree((void *)p->rng.priv);
}

struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};
