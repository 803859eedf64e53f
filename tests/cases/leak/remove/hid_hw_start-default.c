/* Without a remove the HID core stops the hardware itself. */
#include <linux/device.h>

struct hid_device {
	struct device dev;
};
struct hid_device_id {
	int vendor;
};
struct hid_driver {
	const char *name;
	int (*probe)(struct hid_device *hdev, const struct hid_device_id *id);
	void (*remove)(struct hid_device *hdev);
};
int hid_hw_start(struct hid_device *hdev, unsigned int connect_mask);
void hid_hw_stop(struct hid_device *hdev);

static int probe_any(struct hid_device *hdev, const struct hid_device_id *id)
{
	return hid_hw_start(hdev, 1);
}

struct hid_driver driver_ok = {.name = "none", .probe = probe_any};

static void remove_bad(struct hid_device *hdev)
{
	dev_info(&hdev->dev, "gone\n");
} /* expect: leak/remove */

struct hid_driver driver_bad = {.name = "forgets", .probe = probe_any, .remove = remove_bad};
