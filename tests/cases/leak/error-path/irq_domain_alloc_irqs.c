/* Interrupts of domains, counted references to devices, and paths. */
#include <linux/err.h>
#include <linux/types.h>

struct device;
struct file;
struct irq_domain;
struct net_device;
struct ib_device;
struct path;
struct snd_card;
int __irq_domain_alloc_irqs(struct irq_domain *domain, int base, unsigned int n, int node, void *arg, bool realloc,
			    const void *affinity);
void irq_domain_free_irqs(unsigned int virq, unsigned int n);
int irq_domain_alloc_irqs_parent(struct irq_domain *domain, unsigned int base, unsigned int n, void *arg);
void irq_domain_free_irqs_parent(struct irq_domain *domain, unsigned int base, unsigned int n);
int platform_device_msi_init_and_alloc_irqs(struct device *dev, unsigned int n, void (*write)(void));
void platform_device_msi_free_irqs_all(struct device *dev);
struct net_device *ib_device_get_netdev(struct ib_device *ib, u32 port);
void dev_put(struct net_device *dev);
struct device *usb_of_get_companion_dev(struct device *dev);
void put_device(struct device *dev);
struct file *bdev_file_open_by_path(const char *path, unsigned int mode, void *holder, const void *ops);
void __fput_sync(struct file *file);
int kern_path(const char *name, unsigned int flags, struct path *path);
void path_put(const struct path *path);
struct snd_card *snd_card_ref(int index);
void snd_card_unref(struct snd_card *card);
int follow(void);

int virq_bad(struct irq_domain *domain)
{
	int virq = __irq_domain_alloc_irqs(domain, -1, 1, 0, NULL, false, NULL);
	int ret;

	if (virq < 0)
		return virq;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path irq */
	return virq;
}

int virq_ok(struct irq_domain *domain)
{
	int virq = __irq_domain_alloc_irqs(domain, -1, 1, 0, NULL, false, NULL);
	int ret;

	if (virq < 0)
		return virq;
	ret = follow();
	if (ret) {
		irq_domain_free_irqs(virq, 1);
		return ret;
	}
	return virq;
}

int parent_bad(struct irq_domain *domain, unsigned int virq, unsigned int n, void *arg)
{
	int ret = irq_domain_alloc_irqs_parent(domain, virq, n, arg);

	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path irq */
	ret = follow();
	if (ret) {
		irq_domain_free_irqs_parent(domain, virq, n);
		return ret;
	}
	return 0;
}

int parent_ok(struct irq_domain *domain, unsigned int virq, unsigned int n, void *arg)
{
	int ret = irq_domain_alloc_irqs_parent(domain, virq, n, arg);

	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		irq_domain_free_irqs_parent(domain, virq, n);
		return ret;
	}
	return 0;
}

int vectors_bad(struct device *dev)
{
	int ret = platform_device_msi_init_and_alloc_irqs(dev, 4, NULL);

	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path irq vectors */
	ret = follow();
	if (ret)
		platform_device_msi_free_irqs_all(dev);
	return ret;
}

int vectors_ok(struct device *dev)
{
	int ret = platform_device_msi_init_and_alloc_irqs(dev, 4, NULL);

	if (ret)
		return ret;
	ret = follow();
	if (ret)
		platform_device_msi_free_irqs_all(dev);
	return ret;
}

int netdev_bad(struct ib_device *ib)
{
	struct net_device *dev = ib_device_get_netdev(ib, 1);
	int ret;

	if (!dev)
		return -ENODEV;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path net_device */
	dev_put(dev);
	return 0;
}

int netdev_ok(struct ib_device *ib)
{
	struct net_device *dev = ib_device_get_netdev(ib, 1);
	int ret;

	if (!dev)
		return -ENODEV;
	ret = follow();
	dev_put(dev);
	return ret;
}

int companion_bad(struct device *dev)
{
	struct device *other = usb_of_get_companion_dev(dev);

	if (!other)
		return -ENODEV;
	return follow(); /* expect: leak/early-return device */ /* expect: leak/error-path device */
}

int companion_ok(struct device *dev)
{
	struct device *other = usb_of_get_companion_dev(dev);
	int ret;

	if (!other)
		return -ENODEV;
	ret = follow();
	put_device(other);
	return ret;
}

int disk_bad(const char *name)
{
	struct file *file = bdev_file_open_by_path(name, 1, NULL, NULL);
	int ret;

	if (IS_ERR(file))
		return PTR_ERR(file);
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path file */
	__fput_sync(file);
	return 0;
}

int disk_ok(const char *name)
{
	struct file *file = bdev_file_open_by_path(name, 1, NULL, NULL);
	int ret;

	if (IS_ERR(file))
		return PTR_ERR(file);
	ret = follow();
	__fput_sync(file);
	return ret;
}

int path_bad(const char *name, struct path *path)
{
	int ret = kern_path(name, 1, path);

	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path path */
	path_put(path);
	return 0;
}

int path_ok(const char *name, struct path *path)
{
	int ret = kern_path(name, 1, path);

	if (ret)
		return ret;
	ret = follow();
	path_put(path);
	return ret;
}

int card_bad(int index)
{
	struct snd_card *card = snd_card_ref(index);
	int ret;

	if (!card)
		return -ENODEV;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path snd_card */
	snd_card_unref(card);
	return 0;
}

int card_ok(int index)
{
	struct snd_card *card = snd_card_ref(index);
	int ret;

	if (!card)
		return -ENODEV;
	ret = follow();
	snd_card_unref(card);
	return ret;
}
