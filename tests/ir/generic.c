#define kind(x) _Generic((x), int: 1, char *: 2, default: 3)
#define as(p)   _Generic(p, const int *: (const long *)(p), int *: (long *)(p))

long *generic(int *p, char *s)
{
	__auto_type q = as(p);

	if (kind(s) == 2 && kind(p) == 3)
		return q;
	return 0;
}
