/* Nothing to find here: a USB driver whose interface object is counted by a kref, because open files may outlive it. */
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/usb.h>

struct stick {
	struct usb_device *udev;
	struct usb_interface *intf;
	struct kref kref;
	u8 *buf;
	u8 in, out;
};

static void stick_delete(struct kref *kref)
{
	struct stick *s = container_of(kref, struct stick, kref);

	usb_put_intf(s->intf);
	usb_put_dev(s->udev);
	kfree(s->buf);
	kfree(s);
}

static void stick_write_done(struct urb *urb)
{
	struct stick *s = urb->context;

	s->out = urb->status ? 0 : 1;
	usb_free_coherent(urb->dev, urb->transfer_buffer_length, urb->transfer_buffer, urb->transfer_dma);
}

static int stick_send(struct stick *s, const void *data, size_t n)
{
	struct urb *urb;
	void *buf;
	int ret;

	urb = usb_alloc_urb(0, GFP_KERNEL);
	if (!urb)
		return -ENOMEM;

	buf = usb_alloc_coherent(s->udev, n, GFP_KERNEL, &urb->transfer_dma);
	if (!buf) {
		ret = -ENOMEM;
		goto out;
	}
	memcpy(buf, data, n);
	usb_fill_bulk_urb(urb, s->udev, usb_sndbulkpipe(s->udev, s->out), buf, n, stick_write_done, s);

	ret = usb_submit_urb(urb, GFP_KERNEL);
	if (ret)
		usb_free_coherent(s->udev, n, buf, urb->transfer_dma);
out:
	/* the core holds its own reference while the transfer runs */
	usb_free_urb(urb);
	return ret;
}

static int stick_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct usb_endpoint_descriptor *ep;
	struct stick *s;
	int ret;

	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	kref_init(&s->kref);
	s->udev = usb_get_dev(interface_to_usbdev(intf));
	s->intf = usb_get_intf(intf);

	ret = usb_find_bulk_in_endpoint(intf->cur_altsetting, &ep);
	if (ret)
		goto err;

	s->in = ep->bEndpointAddress;
	s->buf = kmalloc(ep->wMaxPacketSize, GFP_KERNEL);
	if (!s->buf) {
		ret = -ENOMEM;
		goto err;
	}

	ret = stick_send(s, "hello", 5);
	if (ret)
		goto err;

	usb_set_intfdata(intf, s);
	return 0;

err:
	kref_put(&s->kref, stick_delete);
	return ret;
}

static void stick_disconnect(struct usb_interface *intf)
{
	struct stick *s = usb_get_intfdata(intf);

	usb_set_intfdata(intf, NULL);
	kref_put(&s->kref, stick_delete);
}

static const struct usb_device_id stick_ids[] = {
	{USB_DEVICE(0x1234, 0x0002)},
	{},
};
MODULE_DEVICE_TABLE(usb, stick_ids);

static struct usb_driver stick_driver = {
	.name = "stick",
	.probe = stick_probe,
	.disconnect = stick_disconnect,
	.id_table = stick_ids,
};
module_usb_driver(stick_driver);

MODULE_LICENSE("GPL");
