/* The loop goes round again with the object that it has freed. */
#include <linux/slab.h>
#include <linux/types.h>

struct unit {
	int pending;
	atomic_t flushes;
};

int unit_ask(int i);

/* As the kernel's own: the assembly gets the counter's address. */
static inline bool drop_and_test(atomic_t *v)
{
	bool last;

	asm volatile("lock decl %0" : "+m"(v->counter), "=qm"(last));
	return last;
}

static void unit_finished(struct unit *u)
{
	kfree(u);
}

void unit_flush_bad(struct unit *u, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (drop_and_test(&u->flushes)) /* expect: free/use-after memory */
			unit_finished(u);
}

void unit_flush_ok(struct unit *u, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (drop_and_test(&u->flushes)) {
			unit_finished(u);
			break;
		}
	}
}

void unit_ask_bad(struct unit *u, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		u->pending--; /* expect: free/use-after memory */
		if (unit_ask(i))
			kfree(u);
	}
}

/* Another one each time. */
void units_free_ok(struct unit **units, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		units[i]->pending = 0;
		kfree(units[i]);
	}
}

struct link {
	struct link *next;
};

void links_free_ok(struct link *l)
{
	while (l) {
		struct link *next = l->next;

		kfree(l);
		l = next;
	}
}
