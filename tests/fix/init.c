/* A callee that takes nothing is undone by one that takes nothing; where all goes well, nothing is released. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>

int start(void *p);

static char *shared;

static int shared_init(void)
{
	shared = kzalloc(16, GFP_KERNEL);
	if (!shared)
		return -ENOMEM;
	return 0;
}

static void shared_exit(void)
{
	kfree(shared);
	shared = NULL;
}

/* Nothing is given, and on one way it ends well. */
static int __init user_init(void)
{
	int ret;

	ret = shared_init();
	if (ret)
		return ret;
	if (start(NULL) == 7)
		return 0;
	ret = start(shared);
	if (ret)
		return ret;
	return 0;
}
module_init(user_init);

static void __exit user_exit(void)
{
	shared_exit();
}
module_exit(user_exit);
