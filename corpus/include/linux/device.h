#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/cleanup.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/mutex.h>
#include <linux/slab.h>

struct device;
struct device_node;
struct fwnode_handle;
struct module;
struct of_device_id;

struct bus_type {
	const char *name;
};

struct dev_pm_ops {
	int (*suspend)(struct device *dev);
	int (*resume)(struct device *dev);
	int (*runtime_suspend)(struct device *dev);
	int (*runtime_resume)(struct device *dev);
};

struct device_driver {
	const char *name;
	const struct bus_type *bus;
	struct module *owner;
	bool suppress_bind_attrs;
	const struct of_device_id *of_match_table;
	const struct attribute_group **dev_groups;
	const struct dev_pm_ops *pm;
};

struct device {
	struct kobject kobj;
	struct device *parent;
	const struct bus_type *bus;
	struct device_driver *driver;
	struct device_node *of_node;
	struct fwnode_handle *fwnode;
	void *platform_data;
	void *driver_data;
	const struct class *class;
	dev_t devt;
	void (*release)(struct device *dev);
};

struct class
{
	const char *name;
	void (*dev_release)(struct device *dev);
};

struct device_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr, char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr, const char *buf, size_t count);
};
#define DEVICE_ATTR_RO(n) struct device_attribute dev_attr_##n = {.attr = {.name = #n, .mode = 0444}, .show = n##_show}
#define DEVICE_ATTR_RW(n)                        \
	struct device_attribute dev_attr_##n = { \
		.attr = {.name = #n, .mode = 0644}, .show = n##_show, .store = n##_store}

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

const char *dev_name(const struct device *dev);
__printf(2, 3) int dev_set_name(struct device *dev, const char *fmt, ...);
void *dev_get_platdata(const struct device *dev);

void device_initialize(struct device *dev);
int device_add(struct device *dev);
void device_del(struct device *dev);
int device_register(struct device *dev);
void device_unregister(struct device *dev);
struct device *get_device(struct device *dev);
void put_device(struct device *dev);
struct device *bus_find_device(const struct bus_type *bus, struct device *start, const void *data,
			       int (*match)(struct device *dev, const void *data));
struct device *bus_find_device_by_name(const struct bus_type *bus, struct device *start, const char *name);
struct device *bus_find_device_by_of_node(const struct bus_type *bus, const struct device_node *np);
struct device *driver_find_device(struct device_driver *drv, struct device *start, const void *data,
				  int (*match)(struct device *dev, const void *data));
struct device *device_find_child(struct device *dev, void *data, int (*match)(struct device *dev, void *data));
struct device *device_find_child_by_name(struct device *parent, const char *name);

struct class *class_create(const char *name);
void class_destroy(const struct class *cls);
int class_register(const struct class *cls);
void class_unregister(const struct class *cls);
__printf(5, 6) struct device *device_create(const struct class *cls, struct device *parent, dev_t devt, void *drvdata,
					    const char *fmt, ...);
void device_destroy(const struct class *cls, dev_t devt);
struct device *class_find_device_by_name(const struct class *cls, const char *name);
int device_create_file(struct device *dev, const struct device_attribute *attr);
void device_remove_file(struct device *dev, const struct device_attribute *attr);

void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp);
void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp);
void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t gfp);
void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp);
char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp);
void *__must_check devm_krealloc(struct device *dev, void *p, size_t size, gfp_t gfp);
__printf(3, 4) char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...);
void devm_kfree(struct device *dev, const void *p);
int devm_add_action(struct device *dev, void (*action)(void *), void *data);
int devm_add_action_or_reset(struct device *dev, void (*action)(void *), void *data);
void devm_remove_action(struct device *dev, void (*action)(void *), void *data);
void devm_release_action(struct device *dev, void (*action)(void *), void *data);
int devm_device_add_group(struct device *dev, const struct attribute_group *grp);

#define DL_FLAG_STATELESS BIT(0)
#define DL_FLAG_AUTOREMOVE_CONSUMER BIT(1)
struct device_link;
struct device_link *device_link_add(struct device *consumer, struct device *supplier, u32 flags);
void device_link_del(struct device_link *link);

int device_init_wakeup(struct device *dev, bool enable);

__printf(2, 3) void _dev_err(const struct device *dev, const char *fmt, ...);
__printf(3, 4) int dev_err_probe(const struct device *dev, int err, const char *fmt, ...);
#define dev_err(dev, ...) _dev_err(dev, __VA_ARGS__)
#define dev_warn(dev, ...) _dev_err(dev, __VA_ARGS__)
#define dev_info(dev, ...) _dev_err(dev, __VA_ARGS__)
#define dev_dbg(dev, ...) _dev_err(dev, __VA_ARGS__)

DEFINE_FREE(put_device, struct device *, if (_T) put_device(_T))

#endif
