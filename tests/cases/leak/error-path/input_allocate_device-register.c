#include <linux/input.h>

int input_bad(struct input_dev **out)
{
	struct input_dev *in = input_allocate_device();
	int ret;

	if (!in)
		return -ENOMEM;
	ret = input_register_device(in);
	if (ret)
		return ret; /* expect: leak/error-path input_dev */
	*out = in;
	return 0;
}

int input_ok(struct input_dev **out)
{
	struct input_dev *in = input_allocate_device();
	int ret;

	if (!in)
		return -ENOMEM;
	ret = input_register_device(in);
	if (ret) {
		input_free_device(in);
		return ret;
	}
	*out = in;
	return 0;
}
