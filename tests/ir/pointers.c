long pointers(int *p, char *q, void *v, int i)
{
	int *last = p + i;

	last--;
	q[2] = *(q - 1);
	v = v + 4;
	return last - p + (i)[p];
}
