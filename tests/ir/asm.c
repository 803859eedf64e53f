int assembly(int in, int *mem)
{
	int out;

	asm volatile("foo %0, %1" : "=r"(out), "+m"(*mem) : "r"(in), "i"(3) : "memory");
	asm goto("jmp %l1" : : "r"(out) : : busy, gone);
	return 0;
busy:
	return 1;
gone:
	return 2;
}

#define try_put(x, failed) asm goto("put %0, %l1" : : "r"(x) : : failed)

int assembly_in_macro(int in)
{
	try_put(in, fault);
	return 0;
fault:
	return -14;
}
