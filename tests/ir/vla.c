int fill(char *, unsigned long);

int vla(int n)
{
	char buf[n];

	return fill(buf, sizeof(buf));
}
