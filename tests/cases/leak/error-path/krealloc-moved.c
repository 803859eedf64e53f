#include <linux/slab.h>
#include <linux/string.h>

struct name {
	char *text;
	int id;
};

int table_more(int i);
int name_check(struct name *n);

static int name_set(struct name *n)
{
	n->text = kstrdup("name", GFP_KERNEL);
	if (!n->text)
		return -ENOMEM;
	if (name_check(n))
		return -EINVAL;
	return 0;
}

/* What the smaller array holds the larger one does. */
static int table_read(struct name **all, unsigned int *n)
{
	struct name *v;
	int ret, i;

	for (i = 0; table_more(i); i++) {
		v = krealloc_array(*all, *n + 1, sizeof(*v), GFP_KERNEL);
		if (!v)
			return -ENOMEM;
		memset(&v[*n], 0, sizeof(*v));
		*all = v;
		ret = name_set(&v[(*n)++]);
		if (ret)
			return ret;
	}
	return 0;
}

int table_init_ok(void)
{
	struct name *all = NULL;
	unsigned int n = 0, i;
	int ret = table_read(&all, &n);

	for (i = 0; i < n; i++)
		kfree(all[i].text);
	kfree(all);
	return ret;
}
