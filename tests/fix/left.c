/* What is left as it is. */
#include <linux/device.h>
#include <linux/leds.h>
#include <linux/skbuff.h>
#include <linux/slab.h>

int start(void *p);
void ieee80211_rx(void *hw, struct sk_buff *skb);

/* The author knows. */
int may_fail(struct device *dev, struct led_classdev *led)
{
	if (start(dev) < 0)
		return -EIO;
	/* The LED is optional */
	led_classdev_register(dev, led);
	return 0;
}

/* What the others do with it is to hand it on. */
int handed_on(void *hw, struct sk_buff *skb)
{
	if (start(hw) < 0)
		return -EIO;
	if (start(hw) < 2) {
		ieee80211_rx(hw, skb);
		return -EINVAL;
	}
	ieee80211_rx(hw, skb);
	return 0;
}

/* The last round's is not the only one. */
void each_round(int n)
{
	struct sk_buff *skb;

	while (n--) {
		skb = dev_alloc_skb(64);
		if (!skb)
			break;
		if (start(NULL) == 7)
			dev_kfree_skb(skb);
	}
	start(NULL);
}

/* Those that have not got it come by the label, too. */
int joined(struct device *dev, int mode)
{
	char *p;
	int ret;

	if (mode)
		goto setup;
	p = kmalloc(16, GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	if (start(NULL) == 7) {
		kfree(p);
		return 0;
	}
setup:
	ret = start(dev);
	if (ret)
		return ret;
	return 0;
}

/* What decides about the release of the others cannot be asked here. */
int asked(struct device *dev, int mode)
{
	char *p;

	if (start(dev) == 3) {
		p = kmalloc(16, GFP_KERNEL);
		if (!p)
			return -ENOMEM;
	}
	if (start(NULL) < 0)
		return -EIO;
	if (mode == 3 && start(dev)) {
		start(dev);
		kfree(p);
	}
	return 0;
}
