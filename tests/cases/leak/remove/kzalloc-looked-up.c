/* The end finds the object by a core's function and frees the member of that name: hardly forgotten. */
#include <linux/platform_device.h>
#include <linux/slab.h>

struct unit {
	u8 *table;
};

struct unit *core_find(int id);

static int unit_probe(struct platform_device *pdev)
{
	struct unit *unit = devm_kzalloc(&pdev->dev, sizeof(*unit), GFP_KERNEL);

	if (!unit)
		return -ENOMEM;
	unit->table = kzalloc(64, GFP_KERNEL);
	if (!unit->table)
		return -ENOMEM;
	platform_set_drvdata(pdev, unit);
	return 0;
}

static void remove_ok(struct platform_device *pdev)
{
	struct unit *unit = core_find(pdev->id);
	u8 *table;

	if (!unit)
		return;
	table = unit->table;
	kfree(table);
} /* expect: leak/remove memory (low) */

struct platform_driver driver_ok = {.probe = unit_probe, .remove = remove_ok};
