/* What a callee has set going: work is soon over, a delayed one may come at any time. */
#include <linux/errno.h>
#include <linux/workqueue.h>

struct radio {
	struct work_struct refill;
	struct delayed_work beat;
	int room, ready;
};

int tune(struct radio *r);
void detune(struct radio *r);

/* Reduced from il4965_rx_queue_restock(). */
static void restock(struct radio *r)
{
	if (r->room < 8)
		schedule_work(&r->refill);
}

int radio_init_ok(struct radio *r)
{
	restock(r);
	if (tune(r) < 0)
		return -EIO; /* expect: leak/error-path work (low) */
	r->ready = 1;
	return 0;
}

void radio_deinit_ok(struct radio *r)
{
	detune(r);
	cancel_work_sync(&r->refill);
}

static void live(struct radio *r)
{
	r->ready = 1;
	schedule_delayed_work(&r->beat, 100);
}

int radio_register_bad(struct radio *r)
{
	live(r);
	if (tune(r) < 0)
		return -EIO; /* expect: leak/error-path delayed work (medium) */
	return 0;
}

void radio_unregister_bad(struct radio *r)
{
	detune(r);
	cancel_delayed_work_sync(&r->beat);
}
