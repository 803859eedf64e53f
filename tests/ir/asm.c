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
