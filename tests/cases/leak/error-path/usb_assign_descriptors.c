/* What a function of a gadget sets up when it is bound. */
#include <linux/err.h>

struct usb_descriptor_header;
struct usb_function {
	struct usb_descriptor_header **fs_descriptors;
};
int usb_assign_descriptors(struct usb_function *f, struct usb_descriptor_header **fs, struct usb_descriptor_header **hs,
			   struct usb_descriptor_header **ss, struct usb_descriptor_header **ssp);
void usb_free_all_descriptors(struct usb_function *f);
int set_up(struct usb_function *f);

int bind_bad(struct usb_function *f, struct usb_descriptor_header **fs)
{
	int ret = usb_assign_descriptors(f, fs, NULL, NULL, NULL);

	if (ret)
		return ret;
	ret = set_up(f);
	if (ret)
		return ret; /* expect: leak/error-path descriptors */
	return 0;
}

int bind_ok(struct usb_function *f, struct usb_descriptor_header **fs)
{
	int ret = usb_assign_descriptors(f, fs, NULL, NULL, NULL);

	if (ret)
		return ret;
	ret = set_up(f);
	if (ret)
		goto free;
	return 0;

free:
	usb_free_all_descriptors(f);
	return ret;
}
