/* Timers run in softirq context. */
#include <linux/mutex.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct poll {
	struct timer_list timer;
	struct work_struct work;
	struct mutex lock;
};

static void tick_bad(struct timer_list *t)
{
	struct poll *p = from_timer(p, t, timer);

	mutex_lock(&p->lock); /* expect: gfp/sleep-in-atomic */
	mutex_unlock(&p->lock);
}

static void tick_ok(struct timer_list *t)
{
	struct poll *p = from_timer(p, t, timer);

	schedule_work(&p->work);
}

static void work_ok(struct work_struct *work)
{
	struct poll *p = container_of(work, struct poll, work);

	mutex_lock(&p->lock);
	mutex_unlock(&p->lock);
}

void setup_any(struct poll *a, struct poll *b)
{
	timer_setup(&a->timer, tick_bad, 0);
	timer_setup(&b->timer, tick_ok, 0);
	INIT_WORK(&b->work, work_ok);
}
