/* A call that fails only when it is misused: what its failure leaves behind is told with low confidence. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/slab.h>

struct reset_controller_dev {
	unsigned int nr_resets;
};

int reset_controller_register(struct reset_controller_dev *rcdev);
int device_online_count(void);

int resets_low(void)
{
	struct reset_controller_dev *r = kzalloc(sizeof(*r), GFP_KERNEL);
	int ret;

	if (!r)
		return -ENOMEM;
	ret = reset_controller_register(r);
	if (ret)
		return ret; /* expect: leak/error-path memory (low) */
	return 0;
}

int resets_bad(void)
{
	struct reset_controller_dev *r = kzalloc(sizeof(*r), GFP_KERNEL);
	int ret;

	if (!r)
		return -ENOMEM;
	r->nr_resets = 3;
	ret = device_online_count();
	if (ret < 0)
		return ret;		     /* expect: leak/error-path memory (high) */
	return reset_controller_register(r); /* expect: leak/error-path memory (low) */
}
