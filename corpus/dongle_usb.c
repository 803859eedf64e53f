/*
 * A USB dongle with an interrupt endpoint. Probe leaks the URB when its buffer cannot be had, disconnect leaves the
 * reference to the device behind; the control transfer helpers are one wrong, one right.
 */
#include <linux/slab.h>
#include <linux/usb.h>

#define DONGLE_BUF 64

struct dongle {
	struct usb_device *udev;
	struct usb_interface *intf;
	struct urb *urb;
	u8 *buf;
	u8 state;
};

static void dongle_complete(struct urb *urb)
{
	struct dongle *d = urb->context;

	if (urb->status)
		return;
	d->state = d->buf[0];
	usb_submit_urb(urb, GFP_ATOMIC);
}

static int dongle_set_mode(struct dongle *d, u8 mode)
{
	u8 *msg;
	int ret;

	msg = kmalloc(2, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	msg[0] = mode;
	msg[1] = ~mode;

	ret = usb_control_msg(d->udev, usb_sndctrlpipe(d->udev, 0), 1, 0x40, 0, 0, msg, 2, 1000);
	if (ret < 0)
		return ret; /* expect: leak/error-path memory */

	kfree(msg);
	return 0;
}

static int dongle_reset(struct dongle *d)
{
	u8 *msg;
	int ret;

	msg = kzalloc(2, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;

	ret = usb_control_msg(d->udev, usb_sndctrlpipe(d->udev, 0), 2, 0x40, 0, 0, msg, 2, 1000);
	kfree(msg);
	return ret < 0 ? ret : 0;
}

static int dongle_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct usb_device *udev = interface_to_usbdev(intf);
	struct usb_endpoint_descriptor *ep;
	struct dongle *d;
	int ret;

	ret = usb_find_int_in_endpoint(intf->cur_altsetting, &ep);
	if (ret)
		return ret;

	d = kzalloc(sizeof(*d), GFP_KERNEL);
	if (!d)
		return -ENOMEM;
	d->intf = intf;
	d->udev = usb_get_dev(udev);

	d->urb = usb_alloc_urb(0, GFP_KERNEL);
	if (!d->urb) {
		ret = -ENOMEM;
		goto err_put;
	}

	d->buf = kmalloc(DONGLE_BUF, GFP_KERNEL);
	if (!d->buf) {
		ret = -ENOMEM;
		goto err_put;
	}

	usb_fill_int_urb(d->urb, udev, usb_rcvintpipe(udev, ep->bEndpointAddress), d->buf, DONGLE_BUF, dongle_complete,
			 d, ep->bInterval);

	ret = dongle_reset(d);
	if (ret)
		goto err_buf;
	ret = dongle_set_mode(d, 3);
	if (ret)
		goto err_buf;

	ret = usb_submit_urb(d->urb, GFP_KERNEL);
	if (ret)
		goto err_buf;

	usb_set_intfdata(intf, d);
	return 0;

err_buf:
	kfree(d->buf);
	usb_free_urb(d->urb);
err_put:
	usb_put_dev(d->udev);
	kfree(d);
	return ret; /* expect: leak/error-path urb */
}

static void dongle_disconnect(struct usb_interface *intf)
{
	struct dongle *d = usb_get_intfdata(intf);

	usb_kill_urb(d->urb);
	usb_free_urb(d->urb);
	kfree(d->buf);
	kfree(d);
} /* expect: leak/remove usb_device */ /* xfail-fn: an early failure puts it: taken for settled */

static const struct usb_device_id dongle_ids[] = {
	{USB_DEVICE(0x1234, 0x0001)},
	{},
};
MODULE_DEVICE_TABLE(usb, dongle_ids);

static struct usb_driver dongle_driver = {
	.name = "dongle",
	.probe = dongle_probe,
	.disconnect = dongle_disconnect,
	.id_table = dongle_ids,
};
module_usb_driver(dongle_driver);

MODULE_LICENSE("GPL");
