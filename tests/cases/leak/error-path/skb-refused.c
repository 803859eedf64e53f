/* Who calls through a table cannot see who keeps the buffer after a failure; another caller of the file knows. */
#include <linux/netdevice.h>
#include <linux/skbuff.h>

struct radio;

struct bus_ops {
	int (*write)(struct radio *radio, struct sk_buff *skb);
	int (*queue)(struct radio *radio, struct sk_buff *skb);
};

struct radio {
	const struct bus_ops *ops;
	struct sk_buff_head pending;
};

static int bus_write(struct radio *radio, struct sk_buff *skb)
{
	return radio->ops->write(radio, skb);
}

static int bus_queue(struct radio *radio, struct sk_buff *skb)
{
	return radio->ops->queue(radio, skb);
}

void radio_send_ok(struct radio *radio, struct sk_buff *skb)
{
	int ret = bus_write(radio, skb);

	if (ret)
		dev_kfree_skb(skb);
}

static int push_bad(struct radio *radio, struct sk_buff *skb)
{
	int ret = bus_write(radio, skb);

	if (ret)
		return ret;
	return 0;
}

void radio_pump_bad(struct radio *radio)
{
	struct sk_buff *skb = skb_dequeue(&radio->pending);

	if (!skb)
		return;
	if (push_bad(radio, skb))
		return; /* expect: leak/early-return skb (medium) */
	push_bad(radio, NULL);
}

int radio_pump_once_bad(struct radio *radio)
{
	struct sk_buff *skb = skb_dequeue(&radio->pending);

	if (!skb)
		return 0;
	return bus_write(radio, skb); /* expect: leak/error-path skb */
}

/* The one of which nobody takes anything back. */
void radio_queue_ok(struct radio *radio)
{
	struct sk_buff *skb = skb_dequeue(&radio->pending);

	if (!skb)
		return;
	if (bus_queue(radio, skb))
		return;
	bus_queue(radio, NULL);
}

void radio_pump_ok(struct radio *radio)
{
	struct sk_buff *skb = skb_dequeue(&radio->pending);

	if (!skb)
		return;
	if (push_bad(radio, skb))
		dev_kfree_skb(skb);
}
