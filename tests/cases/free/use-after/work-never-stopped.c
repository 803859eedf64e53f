/* No function of the file waits for the work that another callback queues, and no protocol pairs the two ends. */
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct port {
	void *private;
	void (*received)(struct port *port);
	void (*disconnect)(struct port *port);
};

struct mouse_bad {
	struct delayed_work late;
	struct timer_list timer;
	int n;
};

struct mouse_ok {
	struct delayed_work late;
	struct timer_list timer;
	int n;
};

struct packet {
	struct work_struct done;
	int n;
};

void port_queue(struct port *port, struct delayed_work *work, unsigned long delay);

static void late_bad(struct work_struct *work)
{
	container_of(work, struct mouse_bad, late.work)->n++;
}

static void late_ok(struct work_struct *work)
{
	container_of(work, struct mouse_ok, late.work)->n++;
}

static void received_bad(struct port *port)
{
	struct mouse_bad *m = port->private;

	port_queue(port, &m->late, HZ);
	mod_timer(&m->timer, jiffies + HZ);
}

static void received_ok(struct port *port)
{
	struct mouse_ok *m = port->private;

	port_queue(port, &m->late, HZ);
	mod_timer(&m->timer, jiffies + HZ);
}

static void disconnect_bad(struct port *port)
{
	struct mouse_bad *m = port->private;

	timer_delete_sync(&m->timer);
	kfree(m); /* expect: free/use-after delayed work */
}

static void disconnect_ok(struct port *port)
{
	struct mouse_ok *m = port->private;

	timer_delete_sync(&m->timer);
	cancel_delayed_work_sync(&m->late);
	kfree(m);
}

int setup_bad(struct port *port)
{
	struct mouse_bad *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	port->private = m;
	INIT_DELAYED_WORK(&m->late, late_bad);
	port->received = received_bad;
	port->disconnect = disconnect_bad;
	return 0;
}

int setup_ok(struct port *port)
{
	struct mouse_ok *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	port->private = m;
	INIT_DELAYED_WORK(&m->late, late_ok);
	port->received = received_ok;
	port->disconnect = disconnect_ok;
	return 0;
}

/* The work itself frees what it lies in. */
static void packet_free(struct packet *p)
{
	kfree(p);
}

static void packet_done_ok(struct work_struct *work)
{
	packet_free(container_of(work, struct packet, done));
}

void packet_send_ok(struct packet *p)
{
	INIT_WORK(&p->done, packet_done_ok);
	schedule_work(&p->done);
}
