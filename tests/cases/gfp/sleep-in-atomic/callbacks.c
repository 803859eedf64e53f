/* Functions that the kernel calls in atomic context: by an argument, by a store, by a table of operations. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/timer.h>
#include <linux/usb.h>

struct dev {
	struct timer_list timer;
	struct tasklet_struct tasklet;
	struct napi_struct napi;
	struct mutex lock;
	int state;
};

static void task_bad(struct tasklet_struct *t)
{
	msleep(1); /* expect: gfp/sleep-in-atomic */
}

static void task_ok(struct tasklet_struct *t)
{
	udelay(1);
}

static int poll_bad(struct napi_struct *napi, int budget)
{
	struct dev *d = container_of(napi, struct dev, napi);

	mutex_lock(&d->lock); /* expect: gfp/sleep-in-atomic */
	mutex_unlock(&d->lock);
	return 0;
}

static int poll_ok(struct napi_struct *napi, int budget)
{
	return 0;
}

static void stored_bad(struct timer_list *t)
{
	msleep(1); /* expect: gfp/sleep-in-atomic */
}

static void stored_ok(struct timer_list *t)
{
}

static void settle(struct dev *d)
{
	if (d->state)
		msleep(1);
}

static void urb_bad(struct urb *urb)
{
	settle(urb->context); /* expect: gfp/sleep-in-atomic */
	usb_submit_urb(urb, GFP_ATOMIC);
}

static void urb_gfp_bad(struct urb *urb)
{
	usb_submit_urb(urb, GFP_KERNEL); /* expect: gfp/sleep-in-atomic */
}

static void urb_ok(struct urb *urb)
{
	usb_submit_urb(urb, GFP_ATOMIC);
}

static irqreturn_t managed_bad(int irq, void *data)
{
	settle(data); /* expect: gfp/sleep-in-atomic */
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread_ok(int irq, void *data)
{
	settle(data);
	return IRQ_HANDLED;
}

static irqreturn_t handed_bad(int irq, void *data)
{
	settle(data); /* expect: gfp/sleep-in-atomic */
	return IRQ_HANDLED;
}

/* The handler comes to the kernel through a parameter. */
static int request(struct device *dev, int irq, irq_handler_t handler)
{
	return devm_request_irq(dev, irq, handler, 0, "dev", dev);
}

void setup_any(struct device *dev, struct dev *d, struct net_device *net, struct urb *urb, int irq)
{
	tasklet_setup(&d->tasklet, d->state ? task_bad : task_ok);
	tasklet_setup(&d->tasklet, task_bad);
	netif_napi_add(net, &d->napi, poll_bad);
	netif_napi_add(net, &d->napi, poll_ok);
	d->timer.function = stored_bad;
	d->timer.function = stored_ok;
	usb_fill_int_urb(urb, NULL, 0, NULL, 0, urb_bad, d, 1);
	usb_fill_bulk_urb(urb, NULL, 0, NULL, 0, urb_gfp_bad, d);
	usb_fill_bulk_urb(urb, NULL, 0, NULL, 0, urb_ok, d);
	if (devm_request_threaded_irq(dev, irq, managed_bad, thread_ok, 0, "dev", d) == 0)
		request(dev, irq + 1, handed_bad);
}

static netdev_tx_t xmit_bad(struct sk_buff *skb, struct net_device *net)
{
	settle(netdev_priv(net)); /* expect: gfp/sleep-in-atomic */
	return NETDEV_TX_BUSY;
}

static void mode_ok(struct net_device *net)
{
}

static int open_ok(struct net_device *net)
{
	settle(netdev_priv(net));
	return 0;
}

const struct net_device_ops ops = {
	.ndo_open = open_ok,
	.ndo_start_xmit = xmit_bad,
	.ndo_set_rx_mode = mode_ok,
};
