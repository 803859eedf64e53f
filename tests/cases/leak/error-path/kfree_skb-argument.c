/* A failing path that leaves the caller's buffer alone, though others that fail release it. */
#include <linux/netdevice.h>
#include <linux/skbuff.h>

int ready(struct net_device *dev);
int queue(struct sk_buff *skb);

int send_bad(struct net_device *dev, struct sk_buff *skb)
{
	if (skb->len > 100) {
		kfree_skb(skb);
		return -EINVAL;
	}
	if (ready(dev))
		return -ENODEV; /* expect: leak/error-path skb (medium) */
	consume_skb(skb);
	return 0;
}

/* Reduced from ipc_mux_dl_decode(): no call has failed, what was given is looked at once more. Mostly that cannot be. */
int send_checked_bad(struct net_device *dev, struct sk_buff *skb)
{
	if (skb->len > 100) {
		kfree_skb(skb);
		return -EINVAL;
	}
	if (!dev->mtu)
		return -ENODEV; /* expect: leak/error-path skb (low) */
	consume_skb(skb);
	return 0;
}

int send_ok(struct net_device *dev, struct sk_buff *skb)
{
	if (!dev->mtu)
		return -ENODEV;
	if (skb->len > 100)
		return -EINVAL;
	consume_skb(skb);
	return 0;
}

/* To be sent again. */
int send_later_ok(struct net_device *dev, struct sk_buff *skb)
{
	if (!dev->mtu)
		return -EBUSY;
	if (skb->len > 100) {
		kfree_skb(skb);
		return -EINVAL;
	}
	consume_skb(skb);
	return 0;
}

void receive_bad(struct net_device *dev, struct sk_buff *skb)
{
	if (ready(dev))
		return; /* expect: leak/error-path skb (medium) */
	if (skb->len > 100)
		kfree_skb(skb);
	else
		queue(skb);
}

void receive_ok(struct net_device *dev, struct sk_buff *skb)
{
	if (!skb)
		return;
	if (skb->len > 100)
		kfree_skb(skb);
	else
		queue(skb);
}

/* It looks at each, and takes only some. */
void filter_ok(struct net_device *dev, struct sk_buff *skb)
{
	if (!dev->mtu)
		return;
	if (skb->len < 10)
		return;
	kfree_skb(skb);
}

/* Reduced from ath12k_dp_tx(): the buffer makes way for its copy, of which the rest speaks. */
static int align(struct sk_buff **where)
{
	struct sk_buff *copy = skb_copy(*where, GFP_ATOMIC);

	if (!copy)
		return -ENOMEM;
	kfree_skb(*where);
	*where = copy;
	return 0;
}

int send_copy_ok(struct net_device *dev, struct sk_buff *skb)
{
	int err;

	if (!dev->mtu)
		return -ENODEV;
	err = align(&skb);
	if (err)
		return err;
	if (queue(skb)) {
		consume_skb(skb);
		return -EIO;
	}
	return 0;
}

/* Reduced from hns3_set_l2l3l4(): what goes because a call has failed says nothing of whose it is otherwise. */
int checksum_ok(struct net_device *dev, struct sk_buff *skb)
{
	if (!dev->mtu)
		return -ENODEV;
	return skb_padto(skb, 60) ? -ENOMEM : 0;
}

/* Reduced from ath12k_dp_rx_h_verify_tkip_mic(): a callee whose body is known has answered. */
static int long_enough(const struct sk_buff *skb)
{
	if (skb->len < 24)
		return 0;
	return skb->protocol ? 1 : 0;
}

int verify_bad(struct net_device *dev, struct sk_buff *skb)
{
	if (!long_enough(skb))
		return -EINVAL; /* expect: leak/error-path skb (medium) */
	if (ready(dev)) {
		kfree_skb(skb);
		return -EIO;
	}
	consume_skb(skb);
	return 0;
}

/* Reduced from hns3_handle_desc(): in a helper, too, what goes because a call has failed is no witness. */
static int pad(struct sk_buff *skb)
{
	return skb_padto(skb, 60) ? -ENOMEM : 0;
}

int describe_ok(struct net_device *dev, struct sk_buff *skb)
{
	if (ready(dev))
		return -ENODEV;
	return pad(skb);
}
