/* Pairs by name: what was given back first and then taken again is as it was. */
#include <linux/errno.h>

struct chip;

int chip_key_unlock(struct chip *c);
void chip_key_lock(struct chip *c);
int chip_write(struct chip *c, int v);
int chip_prepare_link(struct chip *c);
void chip_unprepare_link(struct chip *c);

int write_ok(struct chip *c, int v)
{
	int ret = chip_key_unlock(c);

	if (ret)
		return ret;
	ret = chip_write(c, v);
	chip_key_lock(c);
	if (ret)
		return ret;
	ret = chip_key_unlock(c);
	if (ret)
		return ret;
	chip_key_lock(c);
	return 0;
}

int link_bad(struct chip *c, int v)
{
	int ret = chip_prepare_link(c);

	if (ret)
		return ret;
	ret = chip_write(c, v);
	if (ret)
		return ret; /* expect: leak/error-path other */
	ret = chip_write(c, v + 1);
	if (ret)
		chip_unprepare_link(c);
	return ret;
}
