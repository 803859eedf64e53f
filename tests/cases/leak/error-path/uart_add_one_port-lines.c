/* Which of the many have been added a bit says, by a number that nobody can follow. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/types.h>

struct uart_driver;
struct uart_port {
	unsigned int line;
};
int uart_add_one_port(struct uart_driver *driver, struct uart_port *port);
void uart_remove_one_port(struct uart_driver *driver, struct uart_port *port);
unsigned long find_first_zero_bit(const unsigned long *addr, unsigned long size);
void set_bit(long nr, unsigned long *addr);
bool test_and_clear_bit(long nr, unsigned long *addr);
int late_step(void);

static struct uart_driver *driver;
static unsigned long lines[2];

struct one {
	int speed;
	struct uart_port port;
};

struct ports {
	int n;
	struct one p[];
};

static int add_ports(struct device *dev, int n)
{
	struct ports *ports = devm_kzalloc(dev, struct_size(ports, p, n), GFP_KERNEL);
	int i, ret;

	if (!ports)
		return -ENOMEM;
	dev_set_drvdata(dev, ports);
	ports->n = n;
	for (i = 0; i < n; i++) {
		unsigned long line = find_first_zero_bit(lines, 64);

		ports->p[i].port.line = line;
		ret = uart_add_one_port(driver, &ports->p[i].port);
		if (ret)
			goto err;
		set_bit(line, lines);
	}
	ret = late_step();
	if (!ret)
		return 0;
err:
	for (i = 0; i < n; i++)
		if (test_and_clear_bit(ports->p[i].port.line, lines))
			uart_remove_one_port(driver, &ports->p[i].port);
	return ret;
}

static int first_probe(struct platform_device *pdev)
{
	return add_ports(&pdev->dev, 2);
}

static int second_probe(struct platform_device *pdev)
{
	return add_ports(&pdev->dev, 4);
}

static void ports_remove(struct platform_device *pdev)
{
	struct ports *ports = dev_get_drvdata(&pdev->dev);
	int i;

	for (i = 0; i < ports->n; i++)
		if (test_and_clear_bit(ports->p[i].port.line, lines))
			uart_remove_one_port(driver, &ports->p[i].port);
}

struct platform_driver first_ok = {.probe = first_probe, .remove = ports_remove};
struct platform_driver second_ok = {.probe = second_probe, .remove = ports_remove};
