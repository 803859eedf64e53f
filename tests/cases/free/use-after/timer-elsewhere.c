/* A timer in another object, which the freed memory only points to, goes on without that memory. */
#include <linux/slab.h>
#include <linux/timer.h>

struct port {
	struct timer_list timer;
};

struct request {
	struct port *port;
	struct timer_list timeout;
};

void finish_bad(struct request *r)
{
	mod_timer(&r->timeout, jiffies + HZ);
	kfree(r); /* expect: free/use-after */
}

void finish_ok(struct request *r)
{
	mod_timer(&r->port->timer, jiffies + HZ);
	kfree(r);
}
