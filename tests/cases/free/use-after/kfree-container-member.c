/* The pointer that stays is a member of a record that is reached from one of its other members. */
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct note {
	int value;
};

struct box {
	int state;
	struct work_struct work;
	struct note *note;
};

int publish(void);

static void keep(struct box *b, struct note *n)
{
	b->note = n;
}

void connect_bad(struct work_struct *work)
{
	struct box *b = container_of(work, struct box, work);
	struct note *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return;
	keep(b, n);
	if (publish() < 0) {
		kfree(n);
		return; /* expect: free/use-after memory */
	}
	b->state = 1;
}

void connect_ok(struct work_struct *work)
{
	struct box *b = container_of(work, struct box, work);
	struct note *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return;
	keep(b, n);
	if (publish() < 0) {
		b->note = NULL;
		kfree(n);
		return;
	}
	b->state = 1;
}

int read_note(struct box *b)
{
	return b->note ? b->note->value : 0;
}
