/*
 * A display panel on SPI. The line writer returns early when there is nothing to send, with its buffer; the backlight
 * lookup keeps the node when the device is not there yet; regulator and reset are handled as they should be.
 */
#include <linux/delay.h>
#include <linux/gpio/consumer.h>
#include <linux/of.h>
#include <linux/of_platform.h>
#include <linux/platform_device.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>
#include <linux/spi/spi.h>

struct panel {
	struct spi_device *spi;
	struct regulator *power;
	struct gpio_desc *reset;
	struct device *backlight;
	u8 *frame;
};

static int panel_send_line(struct panel *p, const u8 *pixels, size_t n, bool dirty)
{
	u8 *line;
	int ret;

	line = kmalloc(n + 1, GFP_KERNEL);
	if (!line)
		return -ENOMEM;

	if (!dirty)
		return 0; /* expect: leak/early-return memory */

	line[0] = 0x2c;
	memcpy(line + 1, pixels, n);
	ret = spi_write(p->spi, line, n + 1);
	kfree(line);
	return ret;
}

static int panel_send_command(struct panel *p, u8 cmd)
{
	u8 *line __free(kfree) = kmalloc(1, GFP_KERNEL);

	if (!line)
		return -ENOMEM;
	if (cmd == 0)
		return 0;
	line[0] = cmd;
	return spi_write(p->spi, line, 1);
}

static int panel_find_backlight(struct panel *p)
{
	struct platform_device *pdev;
	struct device_node *np;

	np = of_parse_phandle(p->spi->dev.of_node, "backlight", 0);
	if (!np)
		return 0;

	pdev = of_find_device_by_node(np);
	if (!pdev)
		return -EPROBE_DEFER; /* expect: leak/error-path of_node */

	of_node_put(np);
	p->backlight = &pdev->dev;
	return 0;
}

static int panel_probe(struct spi_device *spi)
{
	static const u8 black[16];
	struct panel *p;
	int ret;

	p = devm_kzalloc(&spi->dev, sizeof(*p), GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	p->spi = spi;

	p->frame = devm_kzalloc(&spi->dev, 320 * 240, GFP_KERNEL);
	if (!p->frame)
		return -ENOMEM;

	p->power = devm_regulator_get(&spi->dev, "power");
	if (IS_ERR(p->power))
		return PTR_ERR(p->power);

	p->reset = devm_gpiod_get_optional(&spi->dev, "reset", GPIOD_OUT_LOW);
	if (IS_ERR(p->reset))
		return PTR_ERR(p->reset);

	ret = panel_find_backlight(p);
	if (ret)
		return ret;

	ret = regulator_enable(p->power);
	if (ret)
		goto err_backlight;
	msleep(10);
	gpiod_set_value(p->reset, 1);

	ret = panel_send_command(p, 0x11);
	if (ret)
		goto err_power;
	ret = panel_send_line(p, black, sizeof(black), true);
	if (ret)
		goto err_power;

	spi_set_drvdata(spi, p);
	return 0;

err_power:
	regulator_disable(p->power);
err_backlight:
	put_device(p->backlight);
	return ret;
}

static void panel_remove(struct spi_device *spi)
{
	struct panel *p = spi_get_drvdata(spi);

	panel_send_command(p, 0x10);
	regulator_disable(p->power);
	put_device(p->backlight);
}

static struct spi_driver panel_driver = {
	.probe = panel_probe,
	.remove = panel_remove,
	.driver = {.name = "panel"},
};
module_spi_driver(panel_driver);

MODULE_LICENSE("GPL");
