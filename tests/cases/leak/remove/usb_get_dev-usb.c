#include <linux/slab.h>
#include <linux/usb.h>

struct stick {
	struct usb_device *udev;
};

static int probe_any(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct stick *s = kzalloc(sizeof(*s), GFP_KERNEL); /* expect: devm/candidate memory */

	if (!s)
		return -ENOMEM;
	s->udev = usb_get_dev(interface_to_usbdev(intf));
	usb_set_intfdata(intf, s);
	return 0;
}

static void disconnect_bad(struct usb_interface *intf)
{
	kfree(usb_get_intfdata(intf));
} /* expect: leak/remove usb_device */

struct usb_driver driver_bad = {.probe = probe_any, .disconnect = disconnect_bad};

static void disconnect_ok(struct usb_interface *intf)
{
	struct stick *s = usb_get_intfdata(intf);

	usb_put_dev(s->udev);
	kfree(s);
}

struct usb_driver driver_ok = {.probe = probe_any, .disconnect = disconnect_ok};
