/* Locks and loops. */
#include <linux/delay.h>
#include <linux/spinlock.h>

struct port {
	spinlock_t lock;
	int state;
};

struct dev {
	struct port port[8];
	struct port *first;
	int n;
};

void each_ok(struct dev *d)
{
	int i;

	for (i = 0; i < d->n; i++) {
		spin_lock(&d->port[i].lock);
		d->port[i].state++;
		spin_unlock(&d->port[i].lock);
		msleep(1);
	}
}

void wait_ok(struct port *p)
{
	spin_lock(&p->lock);
	while (p->state) {
		spin_unlock(&p->lock);
		msleep(1);
		spin_lock(&p->lock);
	}
	spin_unlock(&p->lock);
	msleep(1);
}

void break_bad(struct dev *d)
{
	int i;

	for (i = 0; i < d->n; i++) {
		spin_lock(&d->port[i].lock);
		if (d->port[i].state)
			break;
		spin_unlock(&d->port[i].lock);
	}
	msleep(1); /* expect: gfp/sleep-in-atomic */
	if (i < d->n)
		spin_unlock(&d->port[i].lock);
}

/* All of them are locked, then all unlocked. */
void all_ok(struct dev *d)
{
	int i;

	for (i = 0; i < d->n; i++)
		spin_lock(&d->port[i].lock);
	for (i = 0; i < d->n; i++)
		spin_unlock(&d->port[i].lock);
	msleep(1);
}
