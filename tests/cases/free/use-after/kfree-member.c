#include <linux/kernel.h>
#include <linux/slab.h>

struct job {
	int id;
	u8 *data;
};

int member_bad(struct job *j)
{
	kfree(j->data);
	kfree(j);
	return j->id; /* expect: free/use-after memory */
}

int member_ok(struct job *j)
{
	int id = j->id;

	kfree(j->data);
	kfree(j);
	return id;
}
