/* Whoever has waited for the completion has nothing left in flight. */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/usb.h>

struct completion;
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout);
void usb_kill_urb(struct urb *urb);
int check_answer(struct urb *urb);

int ask_ok(struct urb *urb, struct completion *done)
{
	int ret = usb_submit_urb(urb, GFP_KERNEL);

	if (ret)
		return ret;
	if (!wait_for_completion_timeout(done, 100)) {
		usb_kill_urb(urb);
		return -ETIMEDOUT;
	}
	return check_answer(urb);
}

int ask_bad(struct urb *urb, struct completion *done)
{
	int ret = usb_submit_urb(urb, GFP_KERNEL);

	if (ret)
		return ret;
	if (!wait_for_completion_timeout(done, 100)) {
		if (check_answer(urb))
			return -ETIMEDOUT; /* expect: leak/error-path urb */
		usb_kill_urb(urb);
		return -EIO;
	}
	return check_answer(urb);
}
