#include <linux/device.h>
#include <linux/interrupt.h>

int start(void *data);

int irq_bad(struct device *dev, int irq, irq_handler_t handler, void *data)
{
	int ret = devm_request_irq(dev, irq, handler, 0, "x", data);

	if (ret)
		return ret;
	ret = start(data);
	if (ret)
		free_irq(irq, data); /* expect: free/managed irq */
	return ret;
}

int irq_ok(struct device *dev, int irq, irq_handler_t handler, void *data)
{
	int ret = devm_request_irq(dev, irq, handler, 0, "x", data);

	if (ret)
		return ret;
	return start(data);
}
