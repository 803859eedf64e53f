/* The next match drops the one before: who has come to the end holds nothing. */
#include <linux/device.h>
#include <linux/errno.h>

struct acpi_device {
	struct device dev;
};
struct acpi_device *acpi_dev_get_first_match_dev(const char *hid, const char *uid, long hrv);
struct acpi_device *acpi_dev_get_next_match_dev(struct acpi_device *adev, const char *hid, const char *uid, long hrv);
void acpi_dev_put(struct acpi_device *adev);
bool fits(struct acpi_device *adev);

#define for_each_match(adev, hid)                                      \
	for (adev = acpi_dev_get_first_match_dev(hid, NULL, -1); adev; \
	     adev = acpi_dev_get_next_match_dev(adev, hid, NULL, -1))

int find_ok(const char *hid, struct device **out)
{
	struct acpi_device *adev;

	for_each_match(adev, hid)
	{
		if (fits(adev))
			break;
	}
	if (!adev)
		return -ENODEV;
	*out = &adev->dev;
	return 0;
}

int find_bad(const char *hid)
{
	struct acpi_device *adev;

	for_each_match(adev, hid)
	{
		if (fits(adev))
			return -EBUSY; /* expect: leak/error-path acpi_device */
	}
	return 0;
}
