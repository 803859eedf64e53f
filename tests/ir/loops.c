#define forever for (;;)
#define each(i, n) for (i = 0; i < n; i++)

int step(int);

int loops(int n)
{
	int i, sum = 0;

	each(i, n)
	{
		if (step(i))
			continue;
		sum += i;
	}
	for (; sum > 3;)
		sum--;
	do {
		if (step(sum))
			break;
	} while (sum++ < 9);
	forever {
		if (!step(n))
			return sum;
	}
}
