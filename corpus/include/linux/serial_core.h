#ifndef _LINUX_SERIAL_CORE_H
#define _LINUX_SERIAL_CORE_H

#include <linux/device.h>
#include <linux/module.h>

struct uart_port;

struct uart_ops {
	int (*startup)(struct uart_port *port);
	void (*shutdown)(struct uart_port *port);
};

struct uart_port {
	void __iomem *membase;
	unsigned int irq, line, uartclk;
	const struct uart_ops *ops;
	struct device *dev;
	void *private_data;
};

struct uart_driver {
	struct module *owner;
	const char *driver_name, *dev_name;
	int nr;
};

int uart_register_driver(struct uart_driver *drv);
void uart_unregister_driver(struct uart_driver *drv);
int uart_add_one_port(struct uart_driver *drv, struct uart_port *port);
void uart_remove_one_port(struct uart_driver *drv, struct uart_port *port);

#endif
