struct point {
	int x, y;
};
struct shape {
	const char *name;
	struct point at, size[2];
	union {
		int id;
		char *key;
	};
	char label[4];
};
int next(void);

void use(struct shape *, int *);

void init_local(char *k)
{
	struct shape s = {.name = "s", .size[1].y = next(), .key = k, .label = "ab"};
	struct shape t = {"t", 1, 2, {{3, 4}, {.y = 5}}, next()};
	int a[6] = {1, [3 ... 4] = 7, 8};
	struct point z = {};

	use(&s, a);
	use(&t, &z.x);
}
