/* The reference comes in a member of an out-parameter. */
#include <linux/of.h>

int args_bad(struct device_node *np, u32 *out)
{
	struct of_phandle_args args;
	int ret;

	ret = of_parse_phandle_with_args(np, "dmas", "#dma-cells", 0, &args);
	if (ret)
		return ret;
	if (args.args_count != 2)
		return -EINVAL; /* expect: leak/error-path of_node */
	*out = args.args[1];
	of_node_put(args.np);
	return 0;
}

int args_ok(struct device_node *np, u32 *out)
{
	struct of_phandle_args args;
	int ret;

	ret = of_parse_phandle_with_args(np, "dmas", "#dma-cells", 0, &args);
	if (ret)
		return ret;
	of_node_put(args.np);
	if (args.args_count != 2)
		return -EINVAL;
	*out = args.args[1];
	return 0;
}
