/* A struct on the stack with a pointer to what was freed is filled again. */
#include <linux/errno.h>
#include <linux/slab.h>

struct answer {
	int length;
	char *text;
};

int ask(int question, struct answer *answer);
void show(const char *text);

int two_ok(void)
{
	struct answer answer = {0};

	if (ask(1, &answer))
		return -EIO;
	show(answer.text);
	kfree(answer.text);
	if (ask(2, &answer))
		return -EIO;
	show(answer.text);
	kfree(answer.text);
	return 0;
}

int two_bad(void)
{
	struct answer answer = {0};

	if (ask(1, &answer))
		return -EIO;
	kfree(answer.text);
	return answer.text[0]; /* expect: free/use-after memory */
}
