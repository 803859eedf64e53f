/* What goes into a ring stays there, also when the other path puts something else into the same place. */
#include <linux/errno.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>

struct ring {
	struct sk_buff *skbs[64];
	unsigned int head;
};

bool is_full(const struct ring *r);
bool is_bad(const struct sk_buff *skb);
struct sk_buff *spare(void);

static void push(struct ring *r, struct sk_buff *skb)
{
	r->skbs[r->head] = skb;
	r->head = (r->head + 1) % 64;
}

int refill_ok(struct ring *r, int budget)
{
	int n;

	for (n = 0; n < budget; n++) {
		struct sk_buff *skb;

		if (is_full(r))
			return -EBUSY;
		skb = dev_alloc_skb(64);
		if (!skb)
			return -ENOMEM;
		if (is_bad(skb)) {
			kfree_skb(skb);
			skb = spare();
		}
		push(r, skb);
	}
	return n;
}

int refill_bad(struct ring *r, int budget)
{
	int n;

	for (n = 0; n < budget; n++) {
		struct sk_buff *skb = dev_alloc_skb(64);

		if (!skb)
			return -ENOMEM;
		if (is_bad(skb)) {
			kfree_skb(skb);
			skb = spare();
		} else if (is_full(r)) {
			return -EBUSY; /* expect: leak/error-path skb */
		}
		push(r, skb);
	}
	return n;
}
