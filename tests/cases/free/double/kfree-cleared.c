/* Who frees what a structure holds and clears the structure has left nothing to be freed again. */
#include <linux/slab.h>
#include <linux/string.h>

struct queue {
	void *buf, *table;
};

struct priv {
	int id;
	struct queue tx;
};

static void queue_free_ok(struct queue *q)
{
	kfree(q->buf);
	kfree(q->table);
	memset(q, 0, sizeof(*q));
}

static void queue_free(struct queue *q)
{
	kfree(q->buf);
	kfree(q->table); /* expect: free/double memory */
}

void reset_ok(struct priv *p)
{
	queue_free_ok(&p->tx);
	queue_free_ok(&p->tx);
}

void reset_bad(struct priv *p)
{
	kfree(p->tx.table);
	queue_free(&p->tx);
}
