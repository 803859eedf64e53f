/* The cell has the node, but only if it has been added. */
#include <linux/errno.h>
#include <linux/of.h>

struct nvmem_device;
struct nvmem_cell_info {
	const char *name;
	struct device_node *np;
};
int nvmem_add_one_cell(struct nvmem_device *nvmem, const struct nvmem_cell_info *info);

int cells_ok(struct nvmem_device *nvmem, struct device_node *node)
{
	struct nvmem_cell_info info = {.name = "mac"};
	int ret;

	info.np = of_get_child_by_name(node, info.name);
	ret = nvmem_add_one_cell(nvmem, &info);
	if (ret)
		of_node_put(info.np);
	return ret;
}

int cells_bad(struct nvmem_device *nvmem, struct device_node *node)
{
	struct nvmem_cell_info info = {.name = "mac"};
	int ret;

	info.np = of_get_child_by_name(node, info.name);
	ret = nvmem_add_one_cell(nvmem, &info);
	if (ret)
		return ret; /* expect: leak/error-path of_node */
	return 0;
}

int ignored_bad(struct nvmem_device *nvmem, struct device_node *node)
{
	struct nvmem_cell_info info = {.name = "mac"};

	if (!nvmem)
		return -ENODEV;
	info.np = of_get_child_by_name(node, info.name);
	nvmem_add_one_cell(nvmem, &info); /* expect: check/unchecked */
	return 0;
}
