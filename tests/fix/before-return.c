/* No ladder: the release comes before the return, with the braces that it needs. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/of.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>

int check(const void *p);
int start(int mode);

int single_statement(int mode)
{
	char *p = kmalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (start(mode) < 0)
		return -EIO; /* the comment stays with it */
	kfree(p);
	return 0;
}

int both_arms(int mode)
{
	char *p = kmalloc(16, GFP_KERNEL);
	int ret = 0;

	if (!p)
		return -ENOMEM;
	if (start(mode) < 0)
		return -EIO;
	else
		ret = check(p);
	kfree(p);
	return ret;
}

int in_a_block(int mode)
{
	char *p = kmalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (start(mode) < 0) {
		check(NULL);
		return -EIO;
	}
	kfree(p);
	return 0;
}

/* The value is made of what is released: it is kept first. */
int value_of_it(int mode)
{
	struct clk *clk = clk_get(NULL, "core");
	int ret;

	if (IS_ERR(clk))
		return PTR_ERR(clk);
	ret = start(mode);
	if (ret)
		return ret;
	clk_put(clk);
	return 0;
}

/* What holds the pointer goes after it. */
struct box {
	char *inner;
};

int holder_goes_last(struct box **out, int mode)
{
	struct box *b = kzalloc(sizeof(*b), GFP_KERNEL);

	if (!b)
		return -ENOMEM;
	b->inner = kmalloc(16, GFP_KERNEL);
	if (!b->inner) {
		kfree(b);
		return -ENOMEM;
	}
	if (start(mode) < 0) {
		kfree(b);
		return -EIO;
	}
	*out = b;
	return 0;
}

/* The last step may fail as well. */
int last_step(struct regulator *supply, int mode)
{
	int ret;

	ret = regulator_enable(supply);
	if (ret)
		return ret;
	ret = start(mode);
	if (ret) {
		regulator_disable(supply);
		return ret;
	}
	return start(mode + 1);
}

void at_the_end(struct device_node *np)
{
	struct device_node *parent = of_get_parent(np);

	if (parent)
		check(parent);
}

/* No variable for the status is returned yet, but there is one. */
int two_by_the_last_step(struct regulator *supply, struct clk *clk)
{
	int ret;

	ret = regulator_enable(supply);
	if (ret < 0)
		return -EIO;
	ret = clk_prepare_enable(clk);
	if (ret < 0) {
		regulator_disable(supply);
		return -EIO;
	}
	if (start(0)) {
		clk_disable_unprepare(clk);
		regulator_disable(supply);
		return -EIO;
	}
	return start(1);
}

/* The last step does not need it, and leaves it behind whatever comes. */
struct device_node *needed_no_more(struct device_node *np)
{
	struct device_node *parent = of_get_parent(np);

	if (!parent)
		return NULL;
	check(parent);
	return of_find_node_by_name(NULL, "chosen");
}

/* What is there in some devices only is given back in those only. */
struct rails {
	struct regulator *core, *extra;
};

int in_some_only(struct rails *r)
{
	int ret;

	if (r->core) {
		ret = regulator_enable(r->core);
		if (ret < 0)
			return ret;
	}
	if (r->extra) {
		ret = regulator_enable(r->extra);
		if (ret < 0)
			return ret;
	}
	ret = start(2);
	if (ret) {
		if (r->extra)
			regulator_disable(r->extra);
		if (r->core)
			regulator_disable(r->core);
	}
	return ret;
}

/* Taken only when it was off: released under the same condition. */
struct engine {
	struct clk *clk;
	bool running;
};

int only_if_off(struct engine *e, int mode)
{
	int ret;

	if (!e->running) {
		ret = clk_prepare_enable(e->clk);
		if (ret)
			return ret;
	}
	ret = start(mode);
	if (ret)
		return ret;
	e->running = true;
	return 0;
}

/* What went well keeps it: nothing is released in any case. `len` is no status. */
int keep_it(struct engine *e)
{
	int len = 0, ret;

	ret = clk_prepare_enable(e->clk);
	if (ret)
		return ret;
	return start(len) < 0 ? -EIO : 0;
}

/* What comes in a member of an out-parameter is called so. */
int args_of(struct device_node *np)
{
	struct of_phandle_args args;
	int ret;

	ret = of_parse_phandle_with_args(np, "dmas", "#dma-cells", 0, &args);
	if (ret)
		return ret;
	if (args.args_count != 2)
		return -EINVAL;
	return args.args[1];
}
