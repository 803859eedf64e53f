/* What hangs in the caller's structure when a later step fails is looked after by whoever tears that structure down. */
#include <linux/slab.h>

struct tuner {
	u8 *table;
};

int tuner_check(u8 *table);
int tuner_ready(void);
int tuner_start(struct tuner *t);

int tuner_attach_ok(struct tuner *t)
{
	u8 *table = kzalloc(64, GFP_KERNEL);

	if (!table)
		return -ENOMEM;
	if (tuner_check(table)) {
		kfree(table);
		return -ENODEV;
	}
	t->table = table;
	if (tuner_start(t))
		return -EIO;
	return 0;
}

void tuner_detach(struct tuner *t)
{
	kfree(t->table);
	t->table = NULL;
}

/* Both ways end behind the store: the one that forgets is wrong. */
int tuner_attach_bad(struct tuner *t)
{
	t->table = kzalloc(64, GFP_KERNEL);
	if (!t->table)
		return -ENOMEM;
	if (tuner_ready()) {
		kfree(t->table);
		return -ENODEV;
	}
	if (tuner_ready())
		return -EIO; /* expect: leak/error-path memory */
	return 0;
}
