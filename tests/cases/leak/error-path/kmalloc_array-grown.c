/* A local that a loop writes may hold, after any number of rounds, what was taken before the loop, or not. */
#include <linux/errno.h>
#include <linux/slab.h>

int next_word(char **end);

static char **grow(unsigned int *size, char **old)
{
	char **v = kmalloc_array(*size, sizeof(*v), GFP_KERNEL);

	kfree(old);
	return v;
}

int split_ok(char ***words, char *end)
{
	unsigned int size = 8;
	char **v = grow(&size, NULL);

	if (!v)
		return -ENOMEM;
	while (next_word(&end)) {
		if (next_word(&end) == 3) {
			v = grow(&size, v);
			if (!v)
				return -ENOMEM;
		}
	}
	*words = v;
	return 0;
}

int split_bad(char ***words, char *end)
{
	unsigned int size = 8;
	char **v = grow(&size, NULL);

	if (!v)
		return -ENOMEM;
	while (next_word(&end)) {
		if (next_word(&end) == 3)
			return -EINVAL; /* expect: leak/error-path memory */
		v = grow(&size, v);
		if (!v)
			return -ENOMEM;
	}
	*words = v;
	return 0;
}
