#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/kernel.h>

struct module;
#define THIS_MODULE ((struct module *)0)
#define EXPORT_SYMBOL(sym) struct module
#define EXPORT_SYMBOL_GPL(sym) struct module
#define MODULE_LICENSE(s) struct module
#define MODULE_AUTHOR(s) struct module
#define MODULE_DESCRIPTION(s) struct module
#define MODULE_DEVICE_TABLE(type, name) \
	extern __typeof__(name) module_table_##type##_##name __attribute__((alias(#name)))

/* The unused inline functions keep the names of init and exit where the analysis can see them; so does the kernel. */
#define module_init(fn)                                                     \
	static inline __attribute__((unused)) int (*__inittest(void))(void) \
	{                                                                   \
		return fn;                                                  \
	}                                                                   \
	int init_module(void) __attribute__((alias(#fn)))
#define module_exit(fn)                                                      \
	static inline __attribute__((unused)) void (*__exittest(void))(void) \
	{                                                                    \
		return fn;                                                   \
	}                                                                    \
	void cleanup_module(void) __attribute__((alias(#fn)))

/* The same of a driver that never goes. */
#define builtin_driver(drv, reg)           \
	static int __init drv##_init(void) \
	{                                  \
		return reg(&(drv));        \
	}                                  \
	module_init(drv##_init)

/* Boilerplate of a driver whose init does nothing but register and whose exit does nothing but unregister. */
#define module_driver(drv, reg, unreg)      \
	static int __init drv##_init(void)  \
	{                                   \
		return reg(&(drv));         \
	}                                   \
	module_init(drv##_init);            \
	static void __exit drv##_exit(void) \
	{                                   \
		unreg(&(drv));              \
	}                                   \
	module_exit(drv##_exit)

bool try_module_get(struct module *module);
void module_put(struct module *module);

#endif
