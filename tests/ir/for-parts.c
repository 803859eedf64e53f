int f(int);

void for_parts(int i)
{
	for (i = 0; f(i);)
		;
	for (i = 0;; i++)
		if (f(1))
			break;
	for (;; i--)
		if (f(2))
			break;
	for (int k = 3;;) {
		if (f(k))
			break;
	}
}
