/* What an optimising compiler would not call is no end of the function: min() of a variable and a constant. */
int limited(int n)
{
	do {
		__attribute__((noreturn)) extern void __compiletime_assert_1(void);

		if (!__builtin_constant_p(n))
			__compiletime_assert_1();
	} while (0);
	return n;
}
