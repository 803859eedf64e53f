#include <linux/errno.h>
#include <linux/skbuff.h>

int fill(void *to);
int queue(struct sk_buff *skb);

int skb_bad(void)
{
	struct sk_buff *skb = alloc_skb(64, GFP_KERNEL);

	if (!skb)
		return -ENOMEM;
	if (fill(skb_put(skb, 16)))
		return -EIO; /* expect: leak/error-path skb */
	return queue(skb);
}

int skb_ok(void)
{
	struct sk_buff *skb = alloc_skb(64, GFP_KERNEL);

	if (!skb)
		return -ENOMEM;
	if (fill(skb_put(skb, 16))) {
		kfree_skb(skb);
		return -EIO;
	}
	return queue(skb);
}
