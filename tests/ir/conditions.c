#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

int check(void *);

int conditions(int *p, int n)
{
	if (unlikely(!p))
		return -22;
	if (likely(n > 0 && *p) || check(p))
		return 1;
	if (n ? p[0] : p[1])
		return 2;
	return !n;
}
