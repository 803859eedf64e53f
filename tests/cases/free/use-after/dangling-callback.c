/*
 * Only the kernel hears that the callback fails. Where another one of the same table has begun the driver's life, that
 * goes on, and what follows the pointer is called all the same.
 */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/usb.h>

struct stick {
	int x;
};

struct pad {
	struct stick *stick, *spare, *extra;
};

int pad_register(struct stick *stick);

static int pad_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct pad *pad = devm_kzalloc(&intf->dev, sizeof(*pad), GFP_KERNEL);

	if (!pad)
		return -ENOMEM;
	usb_set_intfdata(intf, pad);
	return 0;
}

void pad_event_bad(struct pad *pad, int x)
{
	if (pad->stick)
		pad->stick->x = x;
}

static int resume_bad(struct usb_interface *intf)
{
	struct pad *pad = usb_get_intfdata(intf);
	struct stick *stick = kzalloc(sizeof(*stick), GFP_KERNEL);

	if (!stick)
		return -ENOMEM;
	pad->stick = stick;
	if (pad_register(stick)) {
		kfree(stick);
		return -ENODEV; /* expect: free/use-after memory (medium) */
	}
	return 0;
}

const struct usb_driver pad_driver_bad = {.name = "pad", .probe = pad_probe, .resume = resume_bad};

void pad_event_ok(struct pad *pad, int x)
{
	if (pad->spare)
		pad->spare->x = x;
}

static int resume_ok(struct usb_interface *intf)
{
	struct pad *pad = usb_get_intfdata(intf);
	struct stick *stick = kzalloc(sizeof(*stick), GFP_KERNEL);

	if (!stick)
		return -ENOMEM;
	if (pad_register(stick)) {
		kfree(stick);
		return -ENODEV;
	}
	pad->spare = stick;
	return 0;
}

const struct usb_driver pad_driver_ok = {.name = "pad", .probe = pad_probe, .resume = resume_ok};

struct pad_ops {
	int (*start)(struct pad *pad);
	void (*event)(struct pad *pad, int x);
};

static void event(struct pad *pad, int x)
{
	if (pad->extra)
		pad->extra->x = x;
}

/* Who calls this by a table of its own may well call nothing else after a failure. */
static int start_bad(struct pad *pad)
{
	struct stick *stick = kzalloc(sizeof(*stick), GFP_KERNEL);

	if (!stick)
		return -ENOMEM;
	pad->extra = stick;
	if (pad_register(stick)) {
		kfree(stick);
		return -ENODEV; /* expect: free/use-after memory (low) */
	}
	return 0;
}

const struct pad_ops pad_ops = {.start = start_bad, .event = event};
