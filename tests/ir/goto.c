int get(void);
void put(int);

int jumps(int n)
{
	int a, b, ret = -1;

again:
	a = get();
	if (a < 0)
		goto out;
	b = get();
	if (b < 0)
		goto put_a;
	if (b == n)
		goto again;
	ret = 0;
	put(b);
put_a:
	put(a);
out:
	return ret;
}
