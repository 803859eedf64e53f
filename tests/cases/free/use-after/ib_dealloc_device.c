/* The driver's own structure is the beginning of what goes. */
#include <linux/types.h>

struct ib_device {
	int index;
};
struct acme {
	struct ib_device ib;
	int module;
};

struct ib_device *_ib_alloc_device(size_t size);
void ib_dealloc_device(struct ib_device *device);
int acme_setup(struct acme *a);
void acme_log(int module);

struct acme *acme_new_ok(void)
{
	struct acme *a = (struct acme *)_ib_alloc_device(sizeof(*a));

	if (!a)
		return 0;
	if (acme_setup(a)) {
		acme_log(a->module);
		ib_dealloc_device(&a->ib);
		return 0;
	}
	return a;
}

struct acme *acme_new_bad(void)
{
	struct acme *a = (struct acme *)_ib_alloc_device(sizeof(*a));

	if (!a)
		return 0;
	if (acme_setup(a)) {
		ib_dealloc_device(&a->ib);
		acme_log(a->module); /* expect: free/use-after ib_device */
		return 0;
	}
	return a;
}
