/* What a data structure allocates inside an object that stays. */
#include <linux/errno.h>
#include <linux/types.h>

struct __kfifo {
	unsigned int in;
};
struct rhashtable {
	void *tbl;
};
struct rhashtable_params;
struct queue {
	struct __kfifo fifo;
	struct rhashtable table;
};

int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp_mask);
void __kfifo_free(struct __kfifo *fifo);
int rhashtable_init(struct rhashtable *ht, const struct rhashtable_params *params);
void rhashtable_destroy(struct rhashtable *ht);
int queue_start(struct queue *q);

int queue_setup_ok(struct queue *q, const struct rhashtable_params *params)
{
	int ret = __kfifo_alloc(&q->fifo, 64, 4, 0xcc0u);

	if (ret)
		return ret;
	ret = rhashtable_init(&q->table, params);
	if (ret)
		goto err_fifo;
	ret = queue_start(q);
	if (ret)
		goto err_table;
	return 0;

err_table:
	rhashtable_destroy(&q->table);
err_fifo:
	__kfifo_free(&q->fifo);
	return ret;
}

int queue_setup_bad(struct queue *q, const struct rhashtable_params *params)
{
	int ret = __kfifo_alloc(&q->fifo, 64, 4, 0xcc0u);

	if (ret)
		return ret;
	ret = rhashtable_init(&q->table, params);
	if (ret) {
		__kfifo_free(&q->fifo);
		return ret;
	}
	ret = queue_start(q);
	if (ret) {
		__kfifo_free(&q->fifo);
		return ret; /* expect: leak/error-path rhashtable */
	}
	return 0;
}
