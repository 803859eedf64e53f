#include <linux/clk.h>
#include <linux/interrupt.h>
#include <linux/serial_core.h>

static irqreturn_t handler(int irq, void *data)
{
	return IRQ_HANDLED;
}

static int startup_any(struct uart_port *port)
{
	return request_irq(port->irq, handler, 0, "uart", port);
}

static void shutdown_bad(struct uart_port *port)
{
	disable_irq(port->irq);
} /* expect: leak/open-release irq */

const struct uart_ops ops_bad = {.startup = startup_any, .shutdown = shutdown_bad};

static void shutdown_ok(struct uart_port *port)
{
	free_irq(port->irq, port);
}

const struct uart_ops ops_ok = {.startup = startup_any, .shutdown = shutdown_ok};
