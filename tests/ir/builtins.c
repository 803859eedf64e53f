void *memset(void *, int, unsigned long);

int builtins(void *p, unsigned long n)
{
	if (__builtin_object_size(p, 0) < n)
		return 1;
	__builtin_memset(p, 0, __builtin_clz(1));
	if (n == 3)
		__builtin_unreachable();
	return __builtin_bswap16(0x1234) + sizeof(int[2]);
}
