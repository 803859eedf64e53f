/* A function that says nothing of a failure undoes what came before it; that is no reason to undo it otherwise. */
#include <linux/clk.h>
#include <linux/errno.h>

struct port {
	struct clk *bus, *core;
};

int resume_ok(struct port *port)
{
	int ret = clk_prepare_enable(port->bus);

	if (ret < 0)
		return ret;
	ret = clk_prepare_enable(port->core);
	if (ret < 0)
		clk_disable_unprepare(port->bus);
	return 0;
}

bool is_idle(struct port *port);
bool is_quiet(struct port *port);

int poll_bad(struct port *port)
{
	int ret = clk_prepare_enable(port->bus);

	if (ret < 0)
		return ret;
	if (is_idle(port))
		return 0; /* expect: leak/early-return */
	if (is_quiet(port))
		ret = 1;
	clk_disable_unprepare(port->bus);
	return ret;
}
