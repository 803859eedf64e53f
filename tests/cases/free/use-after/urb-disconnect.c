/* A transfer under way is not stopped by freeing the object that its completion uses. */
#include <linux/slab.h>
#include <linux/usb.h>

struct stick {
	struct urb *urb;
	int n;
};

static void complete_any(struct urb *urb)
{
	struct stick *s = urb->context;

	s->n++;
}

static int probe_any(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct stick *s = kzalloc(sizeof(*s), GFP_KERNEL);
	int ret = -ENOMEM;

	if (!s)
		return -ENOMEM;
	s->urb = usb_alloc_urb(0, GFP_KERNEL);
	if (!s->urb)
		goto err;
	usb_fill_int_urb(s->urb, interface_to_usbdev(intf), 0, NULL, 0, complete_any, s, 1);
	ret = usb_submit_urb(s->urb, GFP_KERNEL);
	if (ret)
		goto err;
	usb_set_intfdata(intf, s);
	return 0;
err:
	usb_free_urb(s->urb);
	kfree(s);
	return ret;
}

static void disconnect_bad(struct usb_interface *intf)
{
	struct stick *s = usb_get_intfdata(intf);

	usb_free_urb(s->urb);
	kfree(s); /* expect: free/use-after */ /* xfail-fn: freeing the urb hides that it is under way */
}

static void disconnect_ok(struct usb_interface *intf)
{
	struct stick *s = usb_get_intfdata(intf);

	usb_kill_urb(s->urb);
	usb_free_urb(s->urb);
	kfree(s);
}

struct usb_driver driver_bad = {.probe = probe_any, .disconnect = disconnect_bad};
struct usb_driver driver_ok = {.probe = probe_any, .disconnect = disconnect_ok};
