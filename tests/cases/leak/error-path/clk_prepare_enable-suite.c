/* A test's exit runs whatever its init came to: what a failing init leaves behind may be its business. */
#include <linux/clk.h>
#include <linux/errno.h>

struct kunit {
	void *priv;
};

struct kunit_suite {
	const char *name;
	int (*init)(struct kunit *test);
	void (*exit)(struct kunit *test);
};

struct fixture {
	struct clk *bus, *core;
};

int check_bus(void);

static int init_bad(struct kunit *test)
{
	struct fixture *x = test->priv;
	int ret = clk_prepare_enable(x->bus);

	if (ret)
		return ret;
	ret = check_bus();
	if (ret)
		return ret;		    /* expect: leak/error-path clk (low) */
	return clk_prepare_enable(x->core); /* expect: leak/error-path clk (low) */
}

static void exit_any(struct kunit *test)
{
	struct fixture *x = test->priv;

	clk_disable_unprepare(x->core);
	clk_disable_unprepare(x->bus);
}

struct kunit_suite suite_bad = {.name = "bus", .init = init_bad, .exit = exit_any};
