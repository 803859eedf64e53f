/* What a path has found out by one comparison it knows of the others of the same two values. */
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/types.h>

void drv_eval(long value);

struct ring {
	u8 command, endpoint;
	int head, tail;
	struct ring *next;
};

/* One comparison in two spellings. */
void spelt_twice(const struct ring *r)
{
	if (r->command != r->endpoint)
		drv_eval(r->endpoint == r->command); /* expect: engine/probe 0 */
	else
		drv_eval(r->command != r->endpoint); /* expect: engine/probe 0 */
	if (r->head < r->tail)
		drv_eval(r->tail <= r->head); /* expect: engine/probe 0 */
	else
		drv_eval(r->head >= r->tail); /* expect: engine/probe 1 */
}

/* What is equal is not less, and what is less is not equal. */
void equal_or_less(const struct ring *r)
{
	if (r->head == r->tail)
		drv_eval(r->head < r->tail); /* expect: engine/probe 0 */
	if (r->head > r->tail)
		drv_eval(r->head == r->tail); /* expect: engine/probe 0 */
	else if (r->head != r->tail)
		drv_eval(r->head < r->tail); /* expect: engine/probe 0..1 */
}

/* Memory that is new here is not what stands where the caller came with. */
int found(struct ring *r)
{
	struct ring *fresh = kmalloc(sizeof(*fresh), GFP_KERNEL);

	if (!fresh)
		return -ENOMEM;
	drv_eval(fresh == r->next); /* expect: engine/probe 0 */
	r->next = fresh;
	drv_eval(fresh == r->next); /* expect: engine/probe 1 */
	return 0;
}
