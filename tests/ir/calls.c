struct ops {
	int (*start)(void *);
};
void fatal(const char *, ...) __attribute__((noreturn));
static int helper(void *p)
{
	return !p;
}

int calls(const struct ops *ops, int (*fn)(void *))
{
	if (!ops)
		fatal("no ops %d", 1);
	if (!fn)
		fn = helper;
	return ops->start(fn) + (*fn)(0) + helper(fn);
}

int narrow(int), wide(long);
#define sized(x) _Generic((x), int: narrow, long: wide)(x)

int direct(long l)
{
	return (helper)(0) + sized(l);
}
