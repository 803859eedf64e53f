int run(const unsigned char *code)
{
	static const void *const table[] = {&&stop, &&more};
	int n = 0;

	goto *table[*code];
more:
	n++;
	goto *table[*++code];
stop:
	return n;
}
