#include <linux/interrupt.h>

int start(void *data);

int irq_bad(int irq, irq_handler_t handler, void *data)
{
	int ret = request_irq(irq, handler, 0, "x", data);

	if (ret)
		return ret;
	ret = start(data);
	if (ret)
		return ret; /* expect: leak/error-path irq */
	return 0;
}

int irq_ok(int irq, irq_handler_t handler, void *data)
{
	int ret = request_irq(irq, handler, 0, "x", data);

	if (ret)
		return ret;
	ret = start(data);
	if (ret)
		free_irq(irq, data);
	return ret;
}
