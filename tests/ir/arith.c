int arith(int a, unsigned int b, long c)
{
	a += b;
	c <<= 3;
	b = -a ^ ~b;
	return a * c / 7 % b;
}
