/* class_destroy() unregisters, whoever made the class. */
#include <linux/device.h>
#include <linux/errno.h>

int widget_bus(void);

static struct class widgets;

int class_ok(void)
{
	int ret = class_register(&widgets);

	if (ret)
		return ret;
	ret = widget_bus();
	if (ret)
		class_destroy(&widgets);
	return ret;
}

int class_bad(void)
{
	int ret = class_register(&widgets);

	if (ret)
		return ret;
	ret = widget_bus();
	if (ret < 0)
		return ret; /* expect: leak/error-path registration */
	class_destroy(&widgets);
	return 0;
}
