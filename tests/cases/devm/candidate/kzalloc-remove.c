#include <linux/platform_device.h>
#include <linux/slab.h>

struct lamp {
	u8 *table;
	struct device *dev;
};

int lamp_start(struct lamp *l);

static int lamp_probe_bad(struct platform_device *pdev)
{
	struct lamp *l = kzalloc(sizeof(*l), GFP_KERNEL); /* expect: devm/candidate memory */
	int ret;

	if (!l)
		return -ENOMEM;
	platform_set_drvdata(pdev, l);
	ret = lamp_start(l);
	if (ret)
		kfree(l);
	return ret;
}

static void lamp_remove_bad(struct platform_device *pdev)
{
	kfree(platform_get_drvdata(pdev)); /* note: released */
}

struct platform_driver lamp_driver_bad = {
	.probe = lamp_probe_bad,
	.remove = lamp_remove_bad,
};

static int lamp_probe_ok(struct platform_device *pdev)
{
	struct lamp *l = devm_kzalloc(&pdev->dev, sizeof(*l), GFP_KERNEL);

	if (!l)
		return -ENOMEM;
	platform_set_drvdata(pdev, l);
	return lamp_start(l);
}

struct platform_driver lamp_driver_ok = {
	.probe = lamp_probe_ok,
};

/* Another callback frees it and takes it anew: a managed one would have to be freed by hand as well. */
struct strip {
	struct device *dev;
	u8 *pixels;
};

static int strip_probe_ok(struct platform_device *pdev)
{
	struct strip *s = devm_kzalloc(&pdev->dev, sizeof(*s), GFP_KERNEL);

	if (!s)
		return -ENOMEM;
	s->pixels = kzalloc(64, GFP_KERNEL);
	if (!s->pixels)
		return -ENOMEM;
	platform_set_drvdata(pdev, s);
	return 0;
}

static void strip_remove_ok(struct platform_device *pdev)
{
	struct strip *s = platform_get_drvdata(pdev);

	kfree(s->pixels);
}

int strip_resize_ok(struct strip *s, size_t n)
{
	u8 *pixels = kzalloc(n, GFP_KERNEL);

	if (!pixels)
		return -ENOMEM;
	kfree(s->pixels);
	s->pixels = pixels;
	return 0;
}

struct platform_driver strip_driver_ok = {
	.probe = strip_probe_ok,
	.remove = strip_remove_ok,
};
