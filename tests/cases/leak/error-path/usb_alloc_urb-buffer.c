#include <linux/slab.h>
#include <linux/usb.h>

int urb_bad(struct usb_device *udev)
{
	struct urb *urb = usb_alloc_urb(0, GFP_KERNEL);
	u8 *buf;
	int ret;

	if (!urb)
		return -ENOMEM;
	buf = kmalloc(8, GFP_KERNEL);
	if (!buf)
		return -ENOMEM; /* expect: leak/error-path urb */
	ret = usb_bulk_msg(udev, 0, buf, 8, NULL, 100);
	kfree(buf);
	usb_free_urb(urb);
	return ret;
}

int urb_ok(struct usb_device *udev)
{
	struct urb *urb = usb_alloc_urb(0, GFP_KERNEL);
	u8 *buf;
	int ret;

	if (!urb)
		return -ENOMEM;
	buf = kmalloc(8, GFP_KERNEL);
	if (!buf) {
		usb_free_urb(urb);
		return -ENOMEM;
	}
	ret = usb_bulk_msg(udev, 0, buf, 8, NULL, 100);
	kfree(buf);
	usb_free_urb(urb);
	return ret;
}
