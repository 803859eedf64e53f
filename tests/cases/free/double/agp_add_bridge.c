/* A bridge that cannot be added is freed by the call. */
#include <linux/err.h>

struct agp_bridge_data;
struct agp_bridge_data *agp_alloc_bridge(void);
void agp_put_bridge(struct agp_bridge_data *bridge);
int agp_add_bridge(struct agp_bridge_data *bridge);
void agp_remove_bridge(struct agp_bridge_data *bridge);
int map_aperture(void);

int add_bad(void)
{
	struct agp_bridge_data *bridge = agp_alloc_bridge();
	int ret;

	if (!bridge)
		return -ENOMEM;
	ret = agp_add_bridge(bridge);
	if (ret)
		agp_put_bridge(bridge); /* expect: free/double agp_bridge_data */
	return ret;
}

int map_bad(void)
{
	struct agp_bridge_data *bridge = agp_alloc_bridge();

	if (!bridge)
		return -ENOMEM;
	if (map_aperture())
		return -ENODEV; /* expect: leak/error-path agp_bridge_data */
	return agp_add_bridge(bridge);
}

int add_ok(void)
{
	struct agp_bridge_data *bridge = agp_alloc_bridge();

	if (!bridge)
		return -ENOMEM;
	if (map_aperture()) {
		agp_put_bridge(bridge);
		return -ENODEV;
	}
	return agp_add_bridge(bridge);
}
