/* Who does not ask whether a callee kept it counts on that: what would be forgotten otherwise is told with low confidence.
 */
#include <linux/errno.h>
#include <linux/slab.h>

struct tb_ring;
struct ring_frame;
int __tb_ring_enqueue(struct tb_ring *ring, struct ring_frame *frame);

struct frame {
	int id;
	void *buffer;
};

static int enqueue(struct tb_ring *r, struct frame *f)
{
	return __tb_ring_enqueue(r, (struct ring_frame *)f);
}

int submit(struct tb_ring *r, int n)
{
	struct frame *f = kzalloc(sizeof(*f), GFP_KERNEL);

	if (!f)
		return -ENOMEM;
	if (n == 77) {
		kfree(f);
		return -EIO;
	}
	enqueue(r, f);
	return n == 78 ? -EINVAL : 0; /* expect: leak/error-path memory (low) */ /* expect: leak/early-return memory (low) */
}

int submit_bad(struct tb_ring *r, int n)
{
	struct frame *f = kzalloc(sizeof(*f), GFP_KERNEL);
	int ret;

	if (!f)
		return -ENOMEM;
	if (n == 77) {
		kfree(f);
		return -EIO;
	}
	ret = enqueue(r, f);
	if (ret)
		return ret; /* expect: leak/error-path memory (high) */
	return 0;
}
