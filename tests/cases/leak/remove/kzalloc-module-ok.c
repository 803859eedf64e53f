#include <linux/module.h>
#include <linux/slab.h>

static u8 *table_ok;

static int __init init_ok(void)
{
	table_ok = kzalloc(64, GFP_KERNEL);
	return table_ok ? 0 : -ENOMEM;
}
module_init(init_ok);

static void __exit exit_ok(void)
{
	kfree(table_ok);
}
module_exit(exit_ok);
