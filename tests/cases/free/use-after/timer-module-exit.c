/* A global timer whose callback is code of the module. */
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

static struct {
	struct timer_list tick, tock;
	struct work_struct later;
} clock;

static void tick_any(struct timer_list *t)
{
	mod_timer(&clock.tick, jiffies + HZ);
	schedule_work(&clock.later);
}

static void tock_any(struct timer_list *t)
{
	mod_timer(&clock.tock, jiffies + HZ);
}

static void later_any(struct work_struct *work)
{
}

static int __init clock_init(void)
{
	timer_setup(&clock.tick, tick_any, 0);
	timer_setup(&clock.tock, tock_any, 0);
	INIT_WORK(&clock.later, later_any);
	mod_timer(&clock.tick, jiffies + HZ);
	mod_timer(&clock.tock, jiffies + HZ);
	return 0;
}

static void __exit clock_exit(void)
{
	del_timer(&clock.tick); /* expect: free/use-after timer */
	timer_delete_sync(&clock.tock);
} /* expect: free/use-after work */

module_init(clock_init);
module_exit(clock_exit);
