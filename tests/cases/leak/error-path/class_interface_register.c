/* What subsystems have registered for them, and what they are found by. */
#include <linux/err.h>

struct class_interface;
struct ctl_table;
struct ctl_table_header;
struct gameport;
struct gameport_driver;
struct clocksource;
struct hotplug_slot;
struct pci_bus;
struct pci_slot;
struct module;
struct platform_profile_handler;
struct fwnode_handle;
struct cpuidle_driver;
struct request_queue;
struct tty_struct;
struct tty_ldisc;
struct dentry;
int class_interface_register(struct class_interface *intf);
void class_interface_unregister(struct class_interface *intf);
struct ctl_table_header *register_sysctl_sz(const char *path, struct ctl_table *table, unsigned long size);
void unregister_sysctl_table(struct ctl_table_header *table);
int gameport_open(struct gameport *gameport, struct gameport_driver *drv, int mode);
void gameport_close(struct gameport *gameport);
int __clocksource_register_scale(struct clocksource *cs, unsigned int scale, unsigned int freq);
int clocksource_unregister(struct clocksource *cs);
int __pci_hp_register(struct hotplug_slot *slot, struct pci_bus *bus, int nr, const char *name, struct module *owner,
		      const char *mod_name);
void pci_hp_deregister(struct hotplug_slot *slot);
struct pci_slot *pci_create_slot(struct pci_bus *parent, int nr, const char *name, struct hotplug_slot *hotplug);
void pci_destroy_slot(struct pci_slot *slot);
int platform_profile_register(struct platform_profile_handler *handler);
int platform_profile_remove(void);
struct fwnode_handle *__irq_domain_alloc_fwnode(unsigned int type, int id, const char *name, unsigned long *pa);
void irq_domain_free_fwnode(struct fwnode_handle *fwnode);
int cpuidle_register(struct cpuidle_driver *drv, const void *coupled);
void cpuidle_unregister(struct cpuidle_driver *drv);
void blk_mq_freeze_queue(struct request_queue *q);
void blk_mq_unfreeze_queue(struct request_queue *q);
struct tty_ldisc *tty_ldisc_ref(struct tty_struct *tty);
void tty_ldisc_deref(struct tty_ldisc *ld);
struct dentry *debugfs_lookup(const char *name, struct dentry *parent);
void dput(struct dentry *dentry);
int follow(void);

int interface_bad(struct class_interface *i)
{
	int ret;

	ret = class_interface_register(i);
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path registration */
	ret = follow();
	if (ret) {
		class_interface_unregister(i);
		return ret;
	}
	return 0;
}

int interface_ok(struct class_interface *i)
{
	int ret;

	ret = class_interface_register(i);
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		class_interface_unregister(i);
		return ret;
	}
	return 0;
}

int sysctl_bad(struct ctl_table *t, struct ctl_table_header **out)
{
	struct ctl_table_header *p = register_sysctl_sz("dev/gadget", t, 1);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path registration */
	ret = follow();
	if (ret) {
		unregister_sysctl_table(p);
		return ret;
	}
	*out = p;
	return 0;
}

int sysctl_ok(struct ctl_table *t, struct ctl_table_header **out)
{
	struct ctl_table_header *p = register_sysctl_sz("dev/gadget", t, 1);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = follow();
	if (ret) {
		unregister_sysctl_table(p);
		return ret;
	}
	*out = p;
	return 0;
}

int joystick_bad(struct gameport *g, struct gameport_driver *d)
{
	int ret;

	ret = gameport_open(g, d, 1);
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path gameport */
	ret = follow();
	if (ret) {
		gameport_close(g);
		return ret;
	}
	return 0;
}

int joystick_ok(struct gameport *g, struct gameport_driver *d)
{
	int ret;

	ret = gameport_open(g, d, 1);
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		gameport_close(g);
		return ret;
	}
	return 0;
}

int clocksource_bad(struct clocksource *c)
{
	int ret;

	ret = __clocksource_register_scale(c, 1, 1000);
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path registration */
	ret = follow();
	if (ret) {
		clocksource_unregister(c);
		return ret;
	}
	return 0;
}

int clocksource_ok(struct clocksource *c)
{
	int ret;

	ret = __clocksource_register_scale(c, 1, 1000);
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		clocksource_unregister(c);
		return ret;
	}
	return 0;
}

int hotplug_bad(struct hotplug_slot *s, struct pci_bus *b)
{
	int ret;

	ret = __pci_hp_register(s, b, 0, "slot", NULL, "gadget");
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path registration */
	ret = follow();
	if (ret) {
		pci_hp_deregister(s);
		return ret;
	}
	return 0;
}

int hotplug_ok(struct hotplug_slot *s, struct pci_bus *b)
{
	int ret;

	ret = __pci_hp_register(s, b, 0, "slot", NULL, "gadget");
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		pci_hp_deregister(s);
		return ret;
	}
	return 0;
}

int slot_bad(struct pci_bus *b, struct pci_slot **out)
{
	struct pci_slot *p = pci_create_slot(b, 0, "slot", NULL);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path pci_slot */
	ret = follow();
	if (ret) {
		pci_destroy_slot(p);
		return ret;
	}
	*out = p;
	return 0;
}

int slot_ok(struct pci_bus *b, struct pci_slot **out)
{
	struct pci_slot *p = pci_create_slot(b, 0, "slot", NULL);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = follow();
	if (ret) {
		pci_destroy_slot(p);
		return ret;
	}
	*out = p;
	return 0;
}

int profile_bad(struct platform_profile_handler *h)
{
	int ret;

	ret = platform_profile_register(h);
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path registration */
	ret = follow();
	if (ret) {
		platform_profile_remove();
		return ret;
	}
	return 0;
}

int profile_ok(struct platform_profile_handler *h)
{
	int ret;

	ret = platform_profile_register(h);
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		platform_profile_remove();
		return ret;
	}
	return 0;
}

int fwnode_bad(unsigned long *pa, struct fwnode_handle **out)
{
	struct fwnode_handle *p = __irq_domain_alloc_fwnode(0, 0, "gadget", pa);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path fwnode_handle */
	ret = follow();
	if (ret) {
		irq_domain_free_fwnode(p);
		return ret;
	}
	*out = p;
	return 0;
}

int fwnode_ok(unsigned long *pa, struct fwnode_handle **out)
{
	struct fwnode_handle *p = __irq_domain_alloc_fwnode(0, 0, "gadget", pa);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = follow();
	if (ret) {
		irq_domain_free_fwnode(p);
		return ret;
	}
	*out = p;
	return 0;
}

int cpuidle_bad(struct cpuidle_driver *d)
{
	int ret;

	ret = cpuidle_register(d, NULL);
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path registration */
	ret = follow();
	if (ret) {
		cpuidle_unregister(d);
		return ret;
	}
	return 0;
}

int cpuidle_ok(struct cpuidle_driver *d)
{
	int ret;

	ret = cpuidle_register(d, NULL);
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		cpuidle_unregister(d);
		return ret;
	}
	return 0;
}

int queue_bad(struct request_queue *q)
{
	int ret;

	blk_mq_freeze_queue(q);
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path request_queue */
	ret = follow();
	if (ret) {
		blk_mq_unfreeze_queue(q);
		return ret;
	}
	return 0;
}

int queue_ok(struct request_queue *q)
{
	int ret;

	blk_mq_freeze_queue(q);
	ret = follow();
	if (ret) {
		blk_mq_unfreeze_queue(q);
		return ret;
	}
	return 0;
}

int ldisc_bad(struct tty_struct *t, struct tty_ldisc **out)
{
	struct tty_ldisc *p = tty_ldisc_ref(t);
	int ret;

	if (!p)
		return -EIO;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path tty_ldisc */
	ret = follow();
	if (ret) {
		tty_ldisc_deref(p);
		return ret;
	}
	*out = p;
	return 0;
}

int ldisc_ok(struct tty_struct *t, struct tty_ldisc **out)
{
	struct tty_ldisc *p = tty_ldisc_ref(t);
	int ret;

	if (!p)
		return -EIO;
	ret = follow();
	if (ret) {
		tty_ldisc_deref(p);
		return ret;
	}
	*out = p;
	return 0;
}

int debugfs_bad(struct dentry *d, struct dentry **out)
{
	struct dentry *p = debugfs_lookup("gadget", d);
	int ret;

	if (!p)
		return -ENOENT;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path dentry */
	ret = follow();
	if (ret) {
		dput(p);
		return ret;
	}
	*out = p;
	return 0;
}

int debugfs_ok(struct dentry *d, struct dentry **out)
{
	struct dentry *p = debugfs_lookup("gadget", d);
	int ret;

	if (!p)
		return -ENOENT;
	ret = follow();
	if (ret) {
		dput(p);
		return ret;
	}
	*out = p;
	return 0;
}
