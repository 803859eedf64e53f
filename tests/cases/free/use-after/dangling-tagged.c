/* The member still points to what was released, but another one of the record says that it is not to be followed. */
#include <linux/slab.h>

enum kind {
	KIND_NONE,
	KIND_PACKET,
};

struct packet {
	int len;
};

struct slot {
	enum kind kind;
	struct packet *packet;
	int full;
};

int slot_len(struct slot *slot)
{
	return slot->kind == KIND_PACKET ? slot->packet->len : 0;
}

void slot_fill_bad(struct slot *slot)
{
	struct packet *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return;
	slot->packet = p;
	slot->kind = KIND_PACKET;
	if (slot->full) {
		kfree(p);
		return; /* expect: free/use-after memory */
	}
	p->len = 1;
}

void slot_fill_ok(struct slot *slot)
{
	struct packet *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return;
	slot->packet = p;
	slot->kind = KIND_PACKET;
	if (slot->full) {
		kfree(p);
		slot->kind = KIND_NONE;
		return;
	}
	p->len = 1;
}
