/* Of two tasklets one is killed at the end; what they lie in is freed by the framework. */
#include <linux/interrupt.h>

struct nic_bad {
	struct tasklet_struct rx, beacon;
	int n;
};

struct nic_ok {
	struct tasklet_struct rx, beacon;
	int n;
};

static void rx_bad(struct tasklet_struct *t)
{
	container_of(t, struct nic_bad, rx)->n++;
}

static void beacon_bad(struct tasklet_struct *t)
{
	container_of(t, struct nic_bad, beacon)->n++;
}

static void rx_ok(struct tasklet_struct *t)
{
	container_of(t, struct nic_ok, rx)->n++;
}

static void beacon_ok(struct tasklet_struct *t)
{
	container_of(t, struct nic_ok, beacon)->n++;
}

void nic_init_bad(struct nic_bad *n)
{
	tasklet_setup(&n->rx, rx_bad);
	tasklet_setup(&n->beacon, beacon_bad);
}

void nic_init_ok(struct nic_ok *n)
{
	tasklet_setup(&n->rx, rx_ok);
	tasklet_setup(&n->beacon, beacon_ok);
}

void nic_interrupt_bad(struct nic_bad *n)
{
	tasklet_schedule(&n->rx);
	tasklet_schedule(&n->beacon);
}

void nic_interrupt_ok(struct nic_ok *n)
{
	tasklet_schedule(&n->rx);
	tasklet_schedule(&n->beacon);
}

void nic_deinit_bad(struct nic_bad *n)
{
	tasklet_kill(&n->rx); /* expect: free/use-after tasklet */
}

void nic_deinit_ok(struct nic_ok *n)
{
	tasklet_kill(&n->rx);
	tasklet_kill(&n->beacon);
}
