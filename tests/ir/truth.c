int truth(int a, int b)
{
	int both = a && b, either = a || !b;

	return both == either;
}
