/* Loops that are left, or go round, with something in hand. */
#include <linux/of.h>
#include <linux/slab.h>

int check(const struct device_node *np);
const char *source(int i);
int add_name(const char *name);
void use_handle(u32 phandle);

int left_by_return(struct device_node *np)
{
	struct device_node *child;
	int ret;

	for_each_child_of_node(np, child) {
		ret = check(child);
		if (ret)
			return ret;
	}
	return 0;
}

int left_by_break(struct device_node *np)
{
	struct device_node *child;
	int ret = 0;

	for_each_child_of_node(np, child) {
		ret = check(child);
		if (ret)
			break;
	}
	return ret;
}

void goes_round(struct device_node *np)
{
	struct device_node *target;
	int i = 0;

	while ((target = of_parse_phandle(np, "targets", i++)))
		use_handle(target->phandle);
}

void goes_on(void)
{
	char *name;
	int i = 0;

	while ((name = kstrdup(source(i++), GFP_KERNEL))) {
		if (add_name(name) == -EEXIST)
			continue;
		kfree(name);
	}
}
