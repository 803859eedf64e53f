#ifndef _LINUX_SPI_SPI_H
#define _LINUX_SPI_SPI_H

#include <linux/device.h>
#include <linux/module.h>

struct spi_controller {
	struct device dev;
	u16 num_chipselect;
};

struct spi_device {
	struct device dev;
	struct spi_controller *controller;
	u32 max_speed_hz;
	u8 bits_per_word;
	u32 mode;
	int irq;
};

struct spi_driver {
	int (*probe)(struct spi_device *spi);
	void (*remove)(struct spi_device *spi);
	struct device_driver driver;
};

static inline void *spi_get_drvdata(const struct spi_device *spi)
{
	return dev_get_drvdata(&spi->dev);
}

static inline void spi_set_drvdata(struct spi_device *spi, void *data)
{
	dev_set_drvdata(&spi->dev, data);
}

int spi_register_driver(struct spi_driver *drv);
void spi_unregister_driver(struct spi_driver *drv);
#define module_spi_driver(drv) module_driver(drv, spi_register_driver, spi_unregister_driver)

int spi_setup(struct spi_device *spi);
int spi_write(struct spi_device *spi, const void *buf, size_t len);
int spi_read(struct spi_device *spi, void *buf, size_t len);

struct spi_controller *spi_alloc_host(struct device *dev, unsigned int size);
struct spi_controller *devm_spi_alloc_host(struct device *dev, unsigned int size);
void *spi_controller_get_devdata(struct spi_controller *ctlr);
void spi_controller_put(struct spi_controller *ctlr);
int spi_register_controller(struct spi_controller *ctlr);
void spi_unregister_controller(struct spi_controller *ctlr);
int devm_spi_register_controller(struct device *dev, struct spi_controller *ctlr);

#endif
