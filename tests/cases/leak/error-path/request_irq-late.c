#include <linux/interrupt.h>
#include <linux/platform_device.h>

int start_hardware(void);

static irqreturn_t handler(int irq, void *data)
{
	return IRQ_HANDLED;
}

static int probe_bad(struct platform_device *pdev)
{
	int ret = request_irq(5, handler, 0, "x", pdev);

	if (ret)
		return ret;
	ret = start_hardware();
	if (ret)
		return ret; /* expect: leak/error-path irq */
	return 0;
}

static int probe_ok(struct platform_device *pdev)
{
	int ret = request_irq(5, handler, 0, "x", pdev);

	if (ret)
		return ret;
	ret = start_hardware();
	if (ret)
		free_irq(5, pdev);
	return ret;
}

static void remove_any(struct platform_device *pdev)
{
	free_irq(5, pdev);
}

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_any};
struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_any};
