/* The frame is a part of the buffer: where there is none, there is no buffer either. */
#include <linux/errno.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>

struct can_frame {
	unsigned int can_id;
};

struct sk_buff *alloc_can_err_skb(struct net_device *dev, struct can_frame **cf);
int confirm(struct net_device *dev);

int tell_ok(struct net_device *dev)
{
	struct can_frame *cf;
	struct sk_buff *skb = alloc_can_err_skb(dev, &cf);

	if (cf)
		cf->can_id = 1;
	if (confirm(dev)) {
		if (cf)
			kfree_skb(skb);
		return -EIO;
	}
	if (skb)
		netif_rx(skb);
	return 0;
}

int tell_bad(struct net_device *dev)
{
	struct can_frame *cf;
	struct sk_buff *skb = alloc_can_err_skb(dev, &cf);

	if (!cf)
		return -ENOMEM;
	if (confirm(dev))
		return -EIO; /* expect: leak/error-path skb */
	netif_rx(skb);
	return 0;
}
