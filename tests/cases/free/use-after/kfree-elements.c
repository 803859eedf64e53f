/* A loop that frees the elements of an array, each once: what was read from one of them before is gone. */
#include <linux/slab.h>

enum { FLOORS = 16 };

struct chip {
	int *table;
};

struct floor {
	struct chip *chip;
};

struct house {
	struct floor *floors[FLOORS];
	int *table;
};

void forget(int *table);

static void release_floor(struct floor *f)
{
	struct chip *chip = f->chip;

	kfree(chip);
	kfree(f);
}

void release_bad(struct house *h)
{
	struct chip *chip = h->floors[0]->chip;
	int i;

	for (i = 0; i < FLOORS; i++)
		if (h->floors[i])
			release_floor(h->floors[i]);
	forget(chip->table); /* expect: free/use-after memory */
}

void release_ok(struct house *h)
{
	int i;

	for (i = 0; i < FLOORS; i++)
		if (h->floors[i])
			release_floor(h->floors[i]);
	forget(h->table);
}

/* Another element each time. */
void release_all_ok(struct house *h)
{
	int i, sum = 0;

	for (i = 0; i < FLOORS; i++) {
		sum += *h->floors[i]->chip->table;
		release_floor(h->floors[i]);
	}
	h->table[0] = sum;
}
