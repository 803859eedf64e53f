/* A callee writes more than is remembered of it: what stands where the caller looks comes first. */
#include <linux/slab.h>
#include <linux/types.h>

void drv_eval(long value);

struct command {
	struct command *next;
	int a, b, c, d, e, f, g, h;
};

struct queue {
	struct command *first[16];
	void *firmware;
	int mode;
};

static void prepare(struct command *c)
{
	c->a = c->b = c->c = c->d = 0;
	c->e = c->f = c->g = c->h = 1;
}

static void stop(struct queue *q)
{
	prepare(q->first[0]->next->next);
	prepare(q->first[1]->next->next);
	prepare(q->first[2]->next->next);
	prepare(q->first[3]->next->next);
	prepare(q->first[4]->next->next);
	prepare(q->first[5]->next->next);
	prepare(q->first[6]->next->next);
	prepare(q->first[7]->next->next);
	prepare(q->first[8]->next->next);
	prepare(q->first[9]->next->next);
	prepare(q->first[10]->next->next);
	prepare(q->first[11]->next->next);
	prepare(q->first[12]->next->next);
	prepare(q->first[13]->next->next);
	prepare(q->first[14]->next->next);
	prepare(q->first[15]->next->next);
	kfree(q->firmware);
	q->firmware = NULL;
	q->mode = 0;
}

void stopped(struct queue *q)
{
	q->mode = 2;
	stop(q);
	drv_eval(q->mode); /* expect: engine/probe 0 */
	kfree(q->firmware);
}
