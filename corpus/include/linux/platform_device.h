#ifndef _LINUX_PLATFORM_DEVICE_H
#define _LINUX_PLATFORM_DEVICE_H

#include <linux/device.h>
#include <linux/io.h>
#include <linux/module.h>

struct platform_device {
	const char *name;
	int id;
	struct device dev;
	u32 num_resources;
	struct resource *resource;
};

struct platform_driver {
	int (*probe)(struct platform_device *pdev);
	void (*remove)(struct platform_device *pdev);
	void (*shutdown)(struct platform_device *pdev);
	struct device_driver driver;
};

#define to_platform_device(d) container_of(d, struct platform_device, dev)

static inline void *platform_get_drvdata(const struct platform_device *pdev)
{
	return dev_get_drvdata(&pdev->dev);
}

static inline void platform_set_drvdata(struct platform_device *pdev, void *data)
{
	dev_set_drvdata(&pdev->dev, data);
}

int platform_driver_register(struct platform_driver *drv);
void platform_driver_unregister(struct platform_driver *drv);
#define builtin_platform_driver(drv) builtin_driver(drv, platform_driver_register)
#define module_platform_driver(drv) module_driver(drv, platform_driver_register, platform_driver_unregister)

struct resource *platform_get_resource(struct platform_device *pdev, unsigned int type, unsigned int n);
int platform_get_irq(struct platform_device *pdev, unsigned int n);
int platform_get_irq_optional(struct platform_device *pdev, unsigned int n);
void __iomem *devm_platform_ioremap_resource(struct platform_device *pdev, unsigned int n);

struct platform_device *platform_device_alloc(const char *name, int id);
int platform_device_add(struct platform_device *pdev);
int platform_device_add_data(struct platform_device *pdev, const void *data, size_t size);
void platform_device_put(struct platform_device *pdev);
int platform_device_register(struct platform_device *pdev);
void platform_device_unregister(struct platform_device *pdev);
struct platform_device *platform_device_register_simple(const char *name, int id, const struct resource *res,
							unsigned int num);

#endif
