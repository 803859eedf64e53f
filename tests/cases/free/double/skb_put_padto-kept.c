/* Padding that is told to leave the buffer alone when it fails. */
#include <linux/skbuff.h>

int __skb_put_padto(struct sk_buff *skb, unsigned int len, bool free_on_error);

int pad_ok(struct sk_buff *skb)
{
	int ret = __skb_put_padto(skb, 60, false);

	if (ret)
		kfree_skb(skb);
	return ret;
}

int pad_bad(struct sk_buff *skb)
{
	int ret = __skb_put_padto(skb, 60, true);

	if (ret)
		kfree_skb(skb); /* expect: free/double skb */
	return ret;
}
