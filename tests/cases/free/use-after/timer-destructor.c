/* A destructor that another file calls frees the ends of a link before it waits for the timer that looks at them. */
#include <linux/slab.h>
#include <linux/timer.h>

enum { ENDS = 2 };

struct end {
	int resubmit;
};

struct link {
	struct end *ends[ENDS];
	struct timer_list retry;
};

static void link_retry(struct timer_list *t)
{
	struct link *link = from_timer(link, t, retry);
	int i;

	for (i = 0; i < ENDS; i++)
		if (link->ends[i])
			link->ends[i]->resubmit = 1;
}

void link_setup(struct link *link)
{
	timer_setup(&link->retry, link_retry, 0);
}

void link_failed(struct link *link)
{
	mod_timer(&link->retry, jiffies + 1);
}

static void end_delete(struct end *end)
{
	kfree(end);
}

void link_free_bad(struct link *link)
{
	int i;

	for (i = 0; i < ENDS; i++)
		end_delete(link->ends[i]); /* expect: free/use-after timer */
	del_timer_sync(&link->retry);
	kfree(link);
}

void link_free_ok(struct link *link)
{
	int i;

	del_timer_sync(&link->retry);
	for (i = 0; i < ENDS; i++)
		end_delete(link->ends[i]);
	kfree(link);
}

/* Sets it up itself: nothing has been armed yet. */
int link_create_ok(struct link *link)
{
	timer_setup(&link->retry, link_retry, 0);
	link->ends[0] = kzalloc(sizeof(*link->ends[0]), GFP_KERNEL);
	if (!link->ends[0])
		return -ENOMEM;
	link->ends[1] = kzalloc(sizeof(*link->ends[1]), GFP_KERNEL);
	if (!link->ends[1]) {
		end_delete(link->ends[0]);
		del_timer_sync(&link->retry);
		return -ENOMEM;
	}
	return 0;
}
