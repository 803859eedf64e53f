int f(int, int), g(int);

/* The first operand and argument are computed before the branch of the second and used behind it. */
int crossing(int a, int b, int *p)
{
	p[g(a)] = b ? g(1) : g(2);
	return f(g(a), a && b) + g(a ?: b);
}
