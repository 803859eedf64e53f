/* An element of an array of pointers is released and still points to what was; another function looks at them all. */
#include <linux/slab.h>

enum { BANKS = 6 };

struct bank {
	int size;
};

struct flash {
	struct bank *bank[BANKS];
	int broken;
};

int flash_size(struct flash *flash)
{
	int i, size = 0;

	for (i = 0; i < BANKS; i++)
		if (flash->bank[i])
			size += flash->bank[i]->size;
	return size;
}

void flash_add_bad(struct flash *flash)
{
	struct bank *bank = kzalloc(sizeof(*bank), GFP_KERNEL);

	if (!bank)
		return;
	flash->bank[0] = bank;
	if (flash->broken) {
		kfree(bank);
		return; /* expect: free/use-after memory */
	}
	bank->size = 1;
}

void flash_add_ok(struct flash *flash)
{
	struct bank *bank = kzalloc(sizeof(*bank), GFP_KERNEL);

	if (!bank)
		return;
	flash->bank[0] = bank;
	if (flash->broken) {
		flash->bank[0] = NULL;
		kfree(bank);
		return;
	}
	bank->size = 1;
}
