/* A pair that no rule knows, of which the second half drops a count: a success that drops it is evidence as well. */
#include <linux/refcount.h>
#include <linux/slab.h>

struct entry {
	refcount_t users;
	int id;
};

struct counter;

struct entry *find_entry(int id);
struct counter *counter_new(void);
struct counter *counter_of(struct entry *e);

static struct entry *entry_get(int id)
{
	struct entry *e = find_entry(id);

	if (e && !refcount_inc_not_zero(&e->users))
		return NULL;
	return e;
}

static void entry_put(struct entry *e)
{
	if (refcount_dec_and_test(&e->users))
		kfree(e);
}

int entry_bind_bad(int id, struct counter **to)
{
	struct entry *e = entry_get(id);

	if (e) {
		*to = counter_of(e);
		if (*to) {
			entry_put(e);
			return 0;
		}
	}
	*to = counter_new();
	if (!*to)
		return -12; /* expect: leak/error-path other (medium) */
	if (e)
		entry_put(e);
	return 0;
}

int entry_bind_ok(int id, struct counter **to)
{
	struct entry *e = entry_get(id);

	if (e) {
		*to = counter_of(e);
		entry_put(e);
		if (*to)
			return 0;
	}
	*to = counter_new();
	return *to ? 0 : -12;
}

/* What merely starts and stops something may go on after a failure. */
void tick_start(int id);
void tick_stop(int id);

int tick_ok(int id)
{
	tick_start(id);
	if (!counter_new())
		return -12;
	tick_stop(id);
	return 0;
}
