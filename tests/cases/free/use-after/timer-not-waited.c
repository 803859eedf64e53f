/* Stopped at the end, without waiting for a callback that may run at this moment. The memory goes in another file. */
#include <linux/slab.h>
#include <linux/timer.h>

struct radio_bad {
	struct timer_list ack;
	int n;
};

struct radio_ok {
	struct timer_list ack;
	int n;
};

struct radio_paused {
	struct timer_list ack;
	int n;
};

static void ack_bad(struct timer_list *t)
{
	from_timer((struct radio_bad *)NULL, t, ack)->n++;
}

static void ack_ok(struct timer_list *t)
{
	from_timer((struct radio_ok *)NULL, t, ack)->n++;
}

static void ack_paused(struct timer_list *t)
{
	from_timer((struct radio_paused *)NULL, t, ack)->n++;
}

void radio_init_bad(struct radio_bad *r)
{
	timer_setup(&r->ack, ack_bad, 0);
}

void radio_send_bad(struct radio_bad *r)
{
	mod_timer(&r->ack, jiffies + HZ);
}

void radio_acked_bad(struct radio_bad *r)
{
	del_timer(&r->ack);
}

void radio_deinit_bad(struct radio_bad *r)
{
	del_timer(&r->ack); /* expect: free/use-after timer */
}

void radio_init_ok(struct radio_ok *r)
{
	timer_setup(&r->ack, ack_ok, 0);
}

void radio_send_ok(struct radio_ok *r)
{
	mod_timer(&r->ack, jiffies + HZ);
}

void radio_acked_ok(struct radio_ok *r)
{
	del_timer(&r->ack);
}

void radio_deinit_ok(struct radio_ok *r)
{
	timer_delete_sync(&r->ack);
}

/* It may be armed again afterwards: this is not the end. */
void radio_start_paused_ok(struct radio_paused *r)
{
	timer_setup(&r->ack, ack_paused, 0);
	mod_timer(&r->ack, jiffies + HZ);
}

void radio_pause_ok(struct radio_paused *r)
{
	del_timer(&r->ack);
}
