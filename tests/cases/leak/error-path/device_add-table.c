/*
 * Reduced from ptp_ocp_register_i2c(): called by a table of this file's own, whose caller gives back what is there when
 * one of its functions fails. Of a table that the file hands out, nobody here knows who calls by it; and some callers
 * pass the failure on.
 */
#include <linux/device.h>

struct board {
	struct device a, b, c;
	struct device *added;
};

struct board_ops {
	int (*setup)(struct board *b);
};

struct kit_ops {
	int (*setup)(struct board *b);
};

struct rack_ops {
	int (*setup)(struct board *b);
};

int board_attach(struct board *b);

static int own_table_bad(struct board *b)
{
	int err = device_add(&b->a);

	if (err)
		return err;
	b->added = &b->a;
	return board_attach(b); /* expect: leak/error-path registration (low) */
}

static int handed_out_bad(struct board *b)
{
	int err = device_add(&b->b);

	if (err)
		return err;
	return board_attach(b); /* expect: leak/error-path registration (medium) */
}

static int nobody_undoes_bad(struct board *b)
{
	int err = device_add(&b->c);

	if (err)
		return err;
	return board_attach(b); /* expect: leak/error-path registration (medium) */
}

static const struct rack_ops rack = {.setup = nobody_undoes_bad};
static const struct board_ops own = {.setup = own_table_bad};
const struct kit_ops handed_out = {.setup = handed_out_bad};

static const struct board_ops *choose(struct board *b)
{
	return b ? &own : NULL;
}

int board_register(struct board *b)
{
	const struct board_ops *ops = choose(b);
	int err;

	b->added = NULL;
	err = ops->setup(b);
	if (err && b->added)
		device_del(b->added);
	return err;
}

static const struct rack_ops *choose_rack(struct board *b)
{
	return b ? &rack : NULL;
}

int rack_register(struct board *b)
{
	const struct rack_ops *ops = choose_rack(b);

	return ops->setup(b);
}
