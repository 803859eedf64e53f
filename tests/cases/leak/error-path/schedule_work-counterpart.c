/* What a function of other files' use has set running is stopped by its counterpart, which nobody calls after a failure. */
#include <linux/errno.h>
#include <linux/workqueue.h>

struct lamp {
	struct delayed_work blink;
	int on;
};

int announce(struct lamp *l);
void withdraw(struct lamp *l);

static void light(struct lamp *l)
{
	l->on = 1;
	schedule_delayed_work(&l->blink, 100);
}

int lamp_register_bad(struct lamp *l)
{
	light(l);
	if (announce(l) < 0)
		return -EIO; /* expect: leak/error-path delayed work */
	return 0;
}

void lamp_unregister_bad(struct lamp *l)
{
	withdraw(l);
	cancel_delayed_work_sync(&l->blink);
}

int lamp_register_ok(struct lamp *l)
{
	light(l);
	if (announce(l) < 0) {
		cancel_delayed_work_sync(&l->blink);
		return -EIO;
	}
	return 0;
}

/* Whoever uses it stops the work in any case. */
int lamp_flash_ok(struct lamp *l)
{
	light(l);
	return announce(l) < 0 ? -EIO : 0;
}
