/* The stack owns the packet once it has been handed up. */
#include <linux/netdevice.h>

void rx_bad(struct net_device *ndev, struct sk_buff *skb)
{
	netif_rx(skb);
	ndev->stats.rx_packets += skb->len; /* expect: free/use-after skb */
}

void rx_ok(struct net_device *ndev, struct sk_buff *skb)
{
	ndev->stats.rx_packets += skb->len;
	netif_rx(skb);
}
