/* skb_padto() frees the packet when it fails. */
#include <linux/errno.h>
#include <linux/skbuff.h>

int hw_send(void *data, unsigned int len);

int pad_bad(struct sk_buff *skb)
{
	if (skb_padto(skb, 60)) {
		dev_kfree_skb(skb); /* expect: free/double skb */
		return -ENOMEM;
	}
	hw_send(skb->data, skb->len);
	dev_kfree_skb(skb);
	return 0;
}

int pad_ok(struct sk_buff *skb)
{
	if (skb_padto(skb, 60))
		return -ENOMEM;
	hw_send(skb->data, skb->len);
	dev_kfree_skb(skb);
	return 0;
}
