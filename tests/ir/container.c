#define offsetof(type, member)		__builtin_offsetof(type, member)
#define container_of(ptr, type, member) ((type *)((void *)(ptr) - offsetof(type, member)))

struct work {
	int pending;
};
struct driver {
	int id;
	struct work work;
};

struct driver *container(struct work *w)
{
	return container_of(w, struct driver, work);
}
