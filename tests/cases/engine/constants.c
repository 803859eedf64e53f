/* What stands in a constant table is known where the index is. */
#include <linux/kernel.h>
#include <linux/slab.h>

enum kind { KIND_NONE, KIND_TEXT };

static const enum kind kinds[] = {KIND_TEXT, KIND_NONE};
static enum kind changing[] = {KIND_TEXT, KIND_NONE};

static int take(char **out)
{
	*out = kzalloc(16, GFP_KERNEL);
	return *out ? 0 : -ENOMEM;
}

static void drop(char **out)
{
	kfree(*out);
}

struct steps {
	int (*begin)(char **out);
	void (*end)(char **out);
};

static const struct steps steps = {.begin = take, .end = drop};

int known_ok(int fail)
{
	char *text = NULL;

	if (kinds[0] == KIND_TEXT && take(&text))
		return -ENOMEM;
	if (fail && kinds[1] == KIND_TEXT)
		return -EIO;
	kfree(text);
	return 0;
}

int changing_bad(int fail)
{
	char *text = NULL;

	if (take(&text))
		return -ENOMEM;
	if (fail && changing[1] == KIND_TEXT)
		return -EIO; /* expect: leak/error-path memory */
	kfree(text);
	return 0;
}

int slots_ok(int fail)
{
	char *text;
	int err = steps.begin(&text);

	if (err)
		return err;
	steps.end(&text);
	return fail ? -EIO : 0;
}

int slots_bad(int fail)
{
	char *text;
	int err = steps.begin(&text);

	if (err)
		return err;
	if (fail)
		return -EIO; /* expect: leak/error-path memory */
	steps.end(&text);
	return 0;
}
