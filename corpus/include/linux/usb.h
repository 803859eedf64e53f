#ifndef _LINUX_USB_H
#define _LINUX_USB_H

#include <linux/device.h>
#include <linux/module.h>

struct urb;
typedef void (*usb_complete_t)(struct urb *urb);

struct usb_device {
	int devnum;
	struct device dev;
};

struct usb_endpoint_descriptor {
	u8 bEndpointAddress;
	u16 wMaxPacketSize;
	u8 bInterval;
};

struct usb_host_interface {
	int extra;
};

struct usb_interface {
	struct usb_host_interface *cur_altsetting;
	int minor;
	struct device dev;
};

struct usb_device_id {
	u16 idVendor, idProduct;
	unsigned long driver_info;
};
#define USB_DEVICE(v, p) .idVendor = (v), .idProduct = (p)

struct usb_driver {
	const char *name;
	int (*probe)(struct usb_interface *intf, const struct usb_device_id *id);
	void (*disconnect)(struct usb_interface *intf);
	int (*suspend)(struct usb_interface *intf, int message);
	int (*resume)(struct usb_interface *intf);
	const struct usb_device_id *id_table;
};

#define URB_FREE_BUFFER 0x0100

struct urb {
	void *context;
	struct usb_device *dev;
	unsigned int pipe;
	int status;
	unsigned int transfer_flags;
	void *transfer_buffer;
	dma_addr_t transfer_dma;
	u32 transfer_buffer_length, actual_length;
	usb_complete_t complete;
	int interval;
};

static inline void *usb_get_intfdata(struct usb_interface *intf)
{
	return dev_get_drvdata(&intf->dev);
}

static inline void usb_set_intfdata(struct usb_interface *intf, void *data)
{
	dev_set_drvdata(&intf->dev, data);
}

#define interface_to_usbdev(intf) container_of((intf)->dev.parent, struct usb_device, dev)

int usb_register(struct usb_driver *drv);
void usb_deregister(struct usb_driver *drv);
#define module_usb_driver(drv) module_driver(drv, usb_register, usb_deregister)

struct usb_device *usb_get_dev(struct usb_device *dev);
void usb_put_dev(struct usb_device *dev);
struct usb_interface *usb_get_intf(struct usb_interface *intf);
void usb_put_intf(struct usb_interface *intf);
struct urb *usb_alloc_urb(int iso_packets, gfp_t flags);
void usb_free_urb(struct urb *urb);
struct urb *usb_get_urb(struct urb *urb);
int usb_submit_urb(struct urb *urb, gfp_t flags);
void usb_kill_urb(struct urb *urb);
int usb_unlink_urb(struct urb *urb);
void *usb_alloc_coherent(struct usb_device *dev, size_t size, gfp_t flags, dma_addr_t *dma);
void usb_free_coherent(struct usb_device *dev, size_t size, void *addr, dma_addr_t dma);
int usb_control_msg(struct usb_device *dev, unsigned int pipe, u8 request, u8 type, u16 value, u16 index, void *data,
		    u16 size, int timeout);
int usb_bulk_msg(struct usb_device *dev, unsigned int pipe, void *data, int len, int *actual, int timeout);
unsigned int usb_sndbulkpipe(struct usb_device *dev, unsigned int endpoint);
unsigned int usb_rcvbulkpipe(struct usb_device *dev, unsigned int endpoint);
unsigned int usb_rcvintpipe(struct usb_device *dev, unsigned int endpoint);
unsigned int usb_sndctrlpipe(struct usb_device *dev, unsigned int endpoint);
int usb_find_int_in_endpoint(struct usb_host_interface *alt, struct usb_endpoint_descriptor **ep);
int usb_find_bulk_in_endpoint(struct usb_host_interface *alt, struct usb_endpoint_descriptor **ep);

static inline void usb_fill_int_urb(struct urb *urb, struct usb_device *dev, unsigned int pipe, void *buf, int len,
				    usb_complete_t complete, void *context, int interval)
{
	urb->dev = dev;
	urb->pipe = pipe;
	urb->transfer_buffer = buf;
	urb->transfer_buffer_length = len;
	urb->complete = complete;
	urb->context = context;
	urb->interval = interval;
}

static inline void usb_fill_bulk_urb(struct urb *urb, struct usb_device *dev, unsigned int pipe, void *buf, int len,
				     usb_complete_t complete, void *context)
{
	usb_fill_int_urb(urb, dev, pipe, buf, len, complete, context, 0);
}

#endif
