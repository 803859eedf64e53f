#include <linux/err.h>
#include <linux/idr.h>

DEFINE_IDA(units);
int add_unit(int id);

int id_bad(void)
{
	int id = ida_alloc(&units, GFP_KERNEL), ret;

	if (id < 0)
		return id;
	ret = add_unit(id);
	if (ret)
		return ret; /* expect: leak/error-path ida */
	return id;
}

int id_ok(void)
{
	int id = ida_alloc(&units, GFP_KERNEL), ret;

	if (id < 0)
		return id;
	ret = add_unit(id);
	if (ret) {
		ida_free(&units, id);
		return ret;
	}
	return id;
}
