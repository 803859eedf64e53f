/* An interrupt handler may not sleep. */
#include <linux/interrupt.h>
#include <linux/slab.h>

static irqreturn_t handler_bad(int irq, void *data)
{
	u8 *p = kmalloc(16, GFP_KERNEL); /* expect: gfp/sleep-in-atomic */

	kfree(p);
	return IRQ_HANDLED;
}

static irqreturn_t handler_ok(int irq, void *data)
{
	u8 *p = kmalloc(16, GFP_ATOMIC);

	kfree(p);
	return IRQ_HANDLED;
}

static irqreturn_t thread_ok(int irq, void *data)
{
	u8 *p = kmalloc(16, GFP_KERNEL);

	kfree(p);
	return IRQ_HANDLED;
}

int setup_any(int irq, void *data)
{
	int ret = request_irq(irq, handler_bad, 0, "bad", data);

	if (ret)
		return ret;
	ret = request_threaded_irq(irq + 1, handler_ok, thread_ok, 0, "ok", data);
	if (ret)
		free_irq(irq, data);
	return ret;
}
