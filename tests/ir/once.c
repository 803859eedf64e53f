#define READ_ONCE(x)	 (*(const volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, v)                             \
	do {                                         \
		*(volatile typeof(x) *)&(x) = (v);   \
	} while (0)

struct ring {
	int head;
};

int once(struct ring *r)
{
	WRITE_ONCE(r->head, 3);
	return READ_ONCE(r->head);
}
