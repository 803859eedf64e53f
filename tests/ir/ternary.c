int pick(void);

int ternary(int a, const char *s)
{
	int n = a ? pick() : 3;

	s = s ?: "none";
	a ? (void)pick() : (void)0;
	return pick() ?: n + *s;
}
