int varargs(int n, ...)
{
	__builtin_va_list ap;
	int sum = 0;

	__builtin_va_start(ap, n);
	while (n--)
		sum += __builtin_va_arg(ap, int);
	__builtin_va_end(ap);
	return sum;
}
