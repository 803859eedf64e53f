/* The members have to go before the object that holds them. */
#include <linux/slab.h>

struct job {
	u8 *data;
};

void order_bad(struct job *j)
{
	kfree(j);
	kfree(j->data); /* expect: free/use-after memory */
}

void order_ok(struct job *j)
{
	kfree(j->data);
	kfree(j);
}
