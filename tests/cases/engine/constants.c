/* What stands in a constant table is known where the index is. */
#include <linux/kernel.h>
#include <linux/slab.h>

enum kind { KIND_NONE,
	    KIND_TEXT };

static const enum kind kinds[] = {KIND_TEXT, KIND_NONE};
static enum kind changing[] = {KIND_TEXT, KIND_NONE};

static int take(char **out)
{
	*out = kzalloc(16, GFP_KERNEL);
	return *out ? 0 : -ENOMEM;
}
