/* Results that nobody looks at. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/leds.h>
#include <linux/slab.h>

int start(void *p);

struct lamp {
	int level;
	int *curve;
};

int lamp_make(struct lamp **out)
{
	struct lamp *l = kzalloc(sizeof(*l), GFP_KERNEL);
	int ret;

	l->level = 1;
	ret = start(l);
	if (ret) {
		kfree(l);
		return ret;
	}
	*out = l;
	return 0;
}

struct lamp *lamp_get(void)
{
	struct lamp *l;

	if (start(NULL) < 0)
		return ERR_PTR(-EIO);
	l = kzalloc(sizeof(*l), GFP_KERNEL);
	l->level = 1;
	return l;
}

int lamp_curve(void)
{
	struct lamp *l;
	int ret;

	l = kzalloc(sizeof(*l), GFP_KERNEL);
	if (!l)
		return -ENOMEM;
	ret = start(l);
	if (ret)
		goto err_free;
	l->curve = kcalloc(8, sizeof(int), GFP_KERNEL);
	l->curve[0] = 1;
	ret = start(l->curve);
	kfree(l->curve);
err_free:
	kfree(l);
	return ret;
}

int lamp_register(struct device *dev, struct led_classdev *led)
{
	if (start(dev) < 0)
		return -EIO;
	led_classdev_register(dev, led);
	return 0;
}

int lamp_pair(struct device *dev, struct led_classdev *a, struct led_classdev *b)
{
	int ret;

	ret = start(dev);
	if (ret)
		return ret;
	led_classdev_register(dev, a);
	ret = led_classdev_register(dev, b);
	if (ret)
		led_classdev_unregister(a);
	return ret;
}

/* Its neighbours release before they return. */
int lamp_parse(struct lamp *l, int mode)
{
	char *p = kmalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (start(l) < 0) {
		kfree(p);
		return -EIO;
	}
	l->curve = kcalloc(8, sizeof(int), GFP_KERNEL);
	l->curve[0] = mode;
	if (start(l->curve) < 0) {
		kfree(p);
		return -EIO;
	}
	kfree(p);
	return 0;
}
