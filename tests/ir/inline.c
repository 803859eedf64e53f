static inline int twice(int x)
{
	return x * 2;
}

static int unused_static(void)
{
	return twice(4);
}

int inline_user(int n)
{
	return twice(n);
}
