/* Each round has a reference of its own to give away. */
#include <linux/skbuff.h>

struct sk_buff *skb_get(struct sk_buff *skb);
int transmit(struct sk_buff *skb);

int loop_test_ok(struct sk_buff *skb)
{
	int ret = 0;

	for (int i = 0; i < 4 && !ret; i++) {
		skb_get(skb);
		ret = transmit(skb);
		if (ret)
			kfree_skb(skb);
	}
	kfree_skb(skb);
	return ret;
}

int loop_test_bad(struct sk_buff *skb)
{
	int ret = transmit(skb);

	if (ret)
		kfree_skb(skb);
	kfree_skb(skb); /* expect: free/double skb (medium) */
	return ret;
}
