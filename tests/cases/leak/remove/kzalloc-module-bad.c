/* Module init and exit are a pair as well. */
#include <linux/module.h>
#include <linux/slab.h>

static u8 *table_bad;

static int __init init_bad(void)
{
	table_bad = kzalloc(64, GFP_KERNEL);
	return table_bad ? 0 : -ENOMEM;
}
module_init(init_bad);

static void __exit exit_bad(void)
{
	pr_info("bye\n");
} /* expect: leak/remove memory */
module_exit(exit_bad);
