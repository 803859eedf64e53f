/* `continue` skips the release at the end of the body. */
#include <linux/slab.h>

const char *source(int i);
int add_name(const char *name);

void names_bad(void)
{
	char *name;
	int i = 0;

	while ((name = kstrdup(source(i++), GFP_KERNEL))) { /* expect: leak/loop memory */
		if (add_name(name) == -EEXIST)
			continue;
		kfree(name);
	}
}

void names_ok(void)
{
	char *name;
	int i = 0;

	while ((name = kstrdup(source(i++), GFP_KERNEL))) {
		add_name(name);
		kfree(name);
	}
}
