/* The node is taken, whether or not somebody reads the member that holds it. */
#include <linux/errno.h>
#include <linux/of.h>

int configure(unsigned int pin);

int count_bad(struct device_node *np)
{
	struct of_phandle_args args;
	int ret = of_parse_phandle_with_args(np, "ranges", "#cells", 0, &args);

	if (ret)
		return ret;
	return configure(args.args[0]) ? -EIO : 0; /* expect: leak/error-path of_node */ /* expect: leak/early-return of_node */
}
